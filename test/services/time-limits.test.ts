import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const files = globSync('services/**/*.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));

/** Constants that end a request of the SDK, also one that has been sent: `requestTimeout` alone only warns. */
const limits = files.flatMap((source) =>
  [...source.matchAll(/const (\w+) = \{([^;]*)\} as const;/g)].flatMap(([, name = '', text = '']) =>
    enforced(text) ? [name] : [],
  ),
);

function enforced(text: string): boolean {
  return /requestTimeout: [\d_]+/.test(text) && /throwOnRequestTimeout: true/.test(text);
}

/** Clients of AWS that wait for an answer without an end. */
function unlimited(source: string): readonly string[] {
  const clients = [...source.matchAll(/^import \{([^}]*)\} from '@aws-sdk\//gm)].flatMap(([, names = '']) => names.split(','));
  const config = /const config = (\{[^}]*\});/.exec(source)?.[1] ?? '';
  return clients
    .map((name) => name.trim())
    .filter((name) => name.endsWith('Client'))
    .flatMap((name) => Array.from(source.matchAll(new RegExp(`new ${name}\\(([^)]*)\\)`, 'g'))))
    .filter(([, given = '']) => {
      const settings = given === 'config' ? config : given;
      return !enforced(settings) && !limits.some((limit) => settings.includes(`...${limit}`));
    })
    .map(([call]) => call);
}

test('every client of AWS that a service makes ends its requests', () => {
  expect(files.flatMap(unlimited)).toEqual([]);
  expect(limits).toContain('secretLimits');
});

test.each([
  ['none', 'new SQSClient({ region })'],
  ['one that only warns', 'new SQSClient({ region, requestHandler: { requestTimeout: 3_000 } })'],
])('a client with %s is found', (_, call) => {
  expect(unlimited(`import { SQSClient } from '@aws-sdk/client-sqs';\nconst client = ${call};`)).toEqual([call]);
});
