import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryPoints } from '../../services/contract';
import { bundleFolder } from '../../services/image/bundle-folder';
import { remembered } from '../support/remembered';

/** Actions of AWS that a program of the store asks for, found in what is deployed: code that nobody calls has fallen away there. */
export interface CallsInCode {
  /** `sqs:SendMessage`. */
  readonly actions: ReadonlySet<string>;
  /** Queues that it names when it sends. */
  readonly sendsTo: ReadonlySet<string>;
}

/** @param entryPoint `api.js`, or `assessor` */
export const callsInCode = remembered((entryPoint: string): CallsInCode => {
  const isService = Object.values<string>(entryPoints).includes(entryPoint);
  const file = isService ? join(bundleFolder('services'), entryPoint) : join(bundleFolder('assessor'), `${entryPoint}.js`);
  const own = partsOf(readFileSync(file, 'utf8')).filter(({ path }) => path.startsWith('services/'));
  const clients = new Map(own.flatMap(({ path }) => importedActions(path)));
  const called = own.flatMap(({ text }) => namesCalled(text));
  const unknown = called.filter((name) => !clients.has(name));
  if (unknown.length > 0) throw new Error(`${entryPoint} calls ${unknown.join(', ')}, which no file imports from AWS`);
  return {
    actions: new Set([
      ...called.flatMap((name) => rightsOf(clients.get(name) ?? '')),
      ...own.flatMap(({ text }) => signed(text)),
    ]),
    sendsTo: new Set(own.flatMap(({ text }) => [...text.matchAll(/queues?\d*\.send\("(\w+)"/g)].map(([, queue = '']) => queue))),
  };
});

/** A bundle has the path of each file above its text. */
function partsOf(bundle: string): readonly { readonly path: string; readonly text: string }[] {
  const [, ...pieces] = bundle.split(/^\/\/ (?=(?:[\w@.-]+\/)+[\w@.-]+\.\w+$)/m);
  return pieces.map((piece) => {
    const end = piece.indexOf('\n');
    return { path: piece.slice(0, end), text: piece.slice(end) };
  });
}

const namesCalled = (text: string): readonly string[] =>
  [...text.matchAll(/\b(?:new (\w+Command)|(paginate\w+)|new (Signer))\(/g)].map(
    ([, command, pager, signer]) => command ?? pager ?? signer ?? '',
  );

/** Requests that no client of AWS makes, by the service that they are signed for. */
const signedFor: Readonly<Record<string, readonly string[]>> = {
  elasticache: ['elasticache:Connect'],
  xray: ['xray:PutSpans', 'xray:PutTraceSegments'], // either, until an account has shown which: lib/constructs/trace-rights.ts
};

/** @throws Error for a service that stands here for nothing */
function signed(text: string): readonly string[] {
  return [...text.matchAll(/\bnew SignatureV4\(\{[^}]*?\bservice: "(\w+)"|\bnew SignatureV4\(/g)].flatMap(([, service = '?']) => {
    const actions = signedFor[service];
    if (actions === undefined) throw new Error(`A request is signed for ${service}: say here which right it needs`);
    return actions;
  });
}

/** The action behind each name that a source file imports from a client of AWS. */
function importedActions(path: string): readonly (readonly [string, string])[] {
  const source = readFileSync(join(__dirname, '../..', path), 'utf8');
  return [...source.matchAll(/import \{([^}]+)\} from '@(?:aws-sdk|smithy)\/([\w-]+)'/g)].flatMap(([, names = '', client = '']) =>
    names.split(',').flatMap((name) => {
      const action = actionOf(name.trim(), client);
      return action === undefined ? [] : [[name.trim(), action] as const];
    }),
  );
}

/**
 * What IAM asks for a call to S3 where that is not its name alone: HEAD is a read, which tells what is missing to whoever may list
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html, read 2026-11-29), and the buckets are encrypted by a key of the store.
 */
const rights: Readonly<Record<string, readonly string[]>> = {
  's3:HeadObject': ['s3:GetObject', 's3:ListBucket', 'kms:Decrypt'],
  's3:GetObject': ['s3:GetObject', 'kms:Decrypt'],
  's3:PutObject': ['s3:PutObject', 'kms:GenerateDataKey'],
};
const rightsOf = (call: string): readonly string[] => rights[call] ?? [call];

/** Prefixes of IAM where they are not the client's name. */
const prefixes: Readonly<Record<string, string>> = { 'secrets-manager': 'secretsmanager', sesv2: 'ses' };

function actionOf(name: string, client: string): string | undefined {
  if (name === 'Signer') return 'rds-db:connect';
  const service = client.replace(/^client-/, '');
  const call = /^(?:(\w+)Command|paginate(\w+))$/.exec(name);
  return call === null ? undefined : `${prefixes[service] ?? service}:${call[1] ?? call[2]}`;
}
