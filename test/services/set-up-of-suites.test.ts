import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Where servers are started outside of what stops them however a test ends: `setUp`, `setUpEach` and `stoppedAfterEach`. */
function unprotected(source: string): readonly string[] {
  const imports = [...source.matchAll(/^import (?!type)\{([^}]*)\} from '(?!.*support\/)/gm)].flatMap(([, names = '']) =>
    names.split(','),
  );
  const starters = imports.map((name) => name.trim()).filter((name) => /^start[A-Z]|^createBundle$/.test(name));
  const unlessStopped = '(?<!\\.use\\(\\s*|expect\\(\\s*)';
  const calls = starters.map((name) => source.match(new RegExp(`${unlessStopped}\\b${name}\\(`, 'g')) ?? []);
  const hooks = source.match(/^ *(?:before|after)All\(/gm) ?? [];
  return [...calls.flat(), ...hooks].map((call) => call.trim());
}

const suites = globSync(['test/services/**/*.test.ts', 'test/bin/local/**/*.test.ts'], { cwd: root });

it.each(suites)('%s leaves nothing running, whatever fails', (suite) => {
  expect(unprotected(readFileSync(join(root, suite), 'utf8'))).toEqual([]);
});

test.each([
  ['a server that nothing stops', "import { startSqs } from './sqs';\nconst sqs = await startSqs();", ['startSqs(']],
  ['one among others', "import { type Sqs, startSqs } from './sqs';\nawait Promise.all([startSqs(), 1]);", ['startSqs(']],
  ['a hook that the failure of another one keeps from its end', 'afterAll(() => sqs.stop());', ['afterAll(']],
])('%s is found', (_, source, found) => {
  expect(unprotected(source)).toEqual(found);
});

test('what is stopped is not complained of', () => {
  const source =
    "import { startSqs } from './sqs';\nsetUp(async (started) => {\n  sqs = await started.use(\n    startSqs());\n});";
  expect(unprotected(source)).toEqual([]);
});
