import { main } from '../../../bin/deploy';
import type { DeployIo } from '../../../bin/deploy/io';
import type { TierName } from '../../../lib/tiers/tier';
import { clientsAt, type DatabaseInAws, inAws, type StackInAws } from '../../deployed/store-in-cloudformation';
import { type Answering, type AwsServer, startAws } from '../../services/assessor/aws-server';
import { type CloudFormationTemplate, resourcesOf, templateOf } from '../../support/stores';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly questions: readonly string[];
  /** Arguments of every run of the CDK. */
  readonly cdk: readonly (readonly string[])[];
  readonly servers: readonly AwsServer[];
}

export interface Given extends Partial<DeployIo> {
  /** What is typed at the terminal; undefined: there is none. */
  readonly typed?: string;
  readonly stores?: Readonly<Record<string, object>>;
  /** When the credentials end. @default - never */
  readonly expiration?: Date;
}

const started: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

export async function run(
  answer: Answering,
  argv: readonly string[],
  { typed, stores, expiration, ...io }: Given = {},
): Promise<Run> {
  const server = await startAws(answer);
  started.push(server);
  let [out, error] = ['', ''];
  const questions: string[] = [];
  const cdk: (readonly string[])[] = [];
  const ask = (question: string) => {
    questions.push(question);
    return Promise.resolve(typed ?? '');
  };
  const code = await main(argv, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    colour: false,
    now: () => new Date('2026-11-20T12:00:00Z'),
    progressDelayMs: 60_000,
    context: () => ({ stores: stores ?? { shop: { region: 'us-east-1' } } }),
    synthesize: ({ tier }) => databasesOf(tier),
    clients: (region) =>
      clientsAt(server.url, region, { accessKeyId: 'test', secretAccessKey: 'test', ...(expiration && { expiration }) }),
    preflight: () => Promise.resolve([]),
    ask: typed === undefined ? undefined : ask,
    cdk: (text) => {
      cdk.push(text);
      return Promise.resolve(0);
    },
    ...io,
  });
  return { code, out, error, questions, cdk, servers: [server] };
}

const made = new Map<TierName, CloudFormationTemplate>();

const databaseTypes = ['AWS::RDS::DBInstance', 'AWS::RDS::DBParameterGroup'];

/** The databases of a size with their parameters, and nothing else: enough for a change of it, and quick. */
export function databasesOf(tier: TierName): CloudFormationTemplate {
  const template = made.get(tier) ?? {
    Resources: Object.fromEntries(databaseTypes.flatMap((type) => resourcesOf(templateOf(tier), type))),
    Outputs: {},
  };
  made.set(tier, template);
  return template;
}

/** A whole store as the CDK's command line deploys it: it notes the path of each resource. */
export function asDeployed(tier: TierName): object {
  const resources = Object.entries(templateOf(tier).Resources);
  const noted = resources.map(
    ([id, resource]) => [id, { ...resource, Metadata: { 'aws:cdk:path': `Store-shop/${id}` } }] as const,
  );
  return { ...templateOf(tier), Resources: Object.fromEntries(noted) };
}

/** Databases with the storage that the sizes' templates give them. */
const small: readonly DatabaseInAws[] = [{ id: 'shop-database', storage: 20 }];
const medium: readonly DatabaseInAws[] = [
  { id: 'shop-database', storage: 100 },
  { id: 'shop-replica-1', storage: 100 },
];

export const deployedSmall = (stack: StackInAws = {}) =>
  inAws({ tier: 'small', template: databasesOf('small'), databases: small, ...stack });
export const deployedMedium = (stack: StackInAws = {}) =>
  inAws({ tier: 'medium', template: databasesOf('medium'), databases: medium, ...stack });
export const toMedium = ['--tier', 'medium'];
