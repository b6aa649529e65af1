import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { commandTable, foreignCommands, type Reach } from './command-table';
import { commandsIn, documents, printedCommands, root, shellBlocks, textOf } from './commands-in-documents';

const printed = printedCommands();
const isRun = (command: string): boolean => commandTable[command] !== undefined && !('coveredBy' in commandTable[command]);
const reachOf = (command: string): Reach | undefined => commandTable[command] ?? foreignCommands[command.split(' ')[0] ?? ''];

describe('the printed commands', () => {
  test('are found in fenced blocks, inline code and help texts', () => {
    const markdown =
      'Type `npm run a -- --b` or `npx`.\n\n```sh\nnpm ci && npm start      # both\nls\n```\n\n```json\n{ "npm": "npm run c" }\n```\n';
    expect(commandsIn(markdown)).toEqual(['npm ci', 'npm start', 'npm run a -- --b']);
    expect(printed.get('npm start -- --changes')).toEqual(['bin/review/command.ts']);
  });

  test('have a row each, which says how far they go here', () => {
    expect([...printed].filter(([command]) => reachOf(command) === undefined)).toEqual([]);
  });

  test('are the only ones that have a row', () => {
    expect(Object.keys(commandTable).filter((command) => !printed.has(command))).toEqual([]);
  });

  test('are run, or covered by a command that is run, by a test or by CI', () => {
    const covers = Object.values(commandTable).flatMap((reach) => ('coveredBy' in reach ? [reach.coveredBy] : []));
    expect(covers.filter((cover) => !isRun(cover) && !existsSync(join(root, cover)))).toEqual([]);
  });

  test('are such as the shell can parse, in blocks as a whole', () => {
    const blocks = documents.flatMap((document) => shellBlocks(textOf(document)));
    const others = [...printed.keys()].filter((command) => !blocks.some((block) => block.includes(command)));
    expect(blocks.length).toBeGreaterThan(50);
    expect([...blocks, ...others].filter((script) => !isParsed(script))).toEqual([]);
  });
});

describe('a printed command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'commands-'));
  const environment = environmentWithoutAws(folder);
  const runs = Object.entries(commandTable).flatMap(([command, reach]) =>
    'exits' in reach || 'refused' in reach ? [{ command, reach }] : [],
  );
  const results = new Map<string, Promise<Result>>();

  beforeAll(() => {
    const before: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()]; // two at a time
    for (const [index, { command }] of runs.entries()) {
      const result = Promise.resolve(before[index % 2]).then(() => resultOf(command, environment));
      results.set(command, result);
      before[index % 2] = result;
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(runs)(
    'goes as far as its row says: $command',
    async ({ command, reach }) => {
      const result = await results.get(command);
      const expected = 'refused' in reach ? { code: 1, prints: reach.refused } : { code: reach.exits, prints: reach.prints };
      expect(result).toEqual({ code: expected.code, output: expect.stringMatching(expected.prints) as string });
      expect(result?.output).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    },
    120_000,
  );
});

function isParsed(script: string): boolean {
  return spawnSync('bash', ['-n'], { input: script }).status === 0;
}

interface Result {
  readonly code: number | null;
  readonly output: string;
}

async function resultOf(command: string, env: NodeJS.ProcessEnv): Promise<Result> {
  const child = spawn('bash', ['-c', `${command} 2>&1`], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number | null]>]);
  return { code, output };
}

/** No credentials, no profile and nothing to wait for; synthesis without AWS's validation, into a folder of its own. */
function environmentWithoutAws(folder: string): NodeJS.ProcessEnv {
  const empty = join(folder, 'empty');
  writeFileSync(empty, '');
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: empty,
    AWS_SHARED_CREDENTIALS_FILE: empty,
    CDK_OUTPUT: join(folder, 'cdk.out'),
    CDK_VALIDATION: 'false',
  };
}
