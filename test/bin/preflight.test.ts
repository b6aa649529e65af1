import { main } from '../../bin/preflight';
import type { PreflightInput, PreflightRow, Verdict } from '../../lib/preflight/check';
import { PreflightError } from '../../lib/preflight/preflight-error';
import { databasesOf } from './deploy/run-deploy';

async function run(argv: readonly string[], preflight: (input: PreflightInput) => Promise<readonly PreflightRow[]>) {
  let [out, error] = ['', ''];
  const code = await main(argv, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    colour: false,
    now: () => new Date('2026-11-20T12:00:00Z'),
    progressDelayMs: 60_000,
    context: () => ({ stores: { shop: { region: 'us-east-1' } } }),
    synthesize: ({ tier }) => databasesOf(tier),
    preflight,
  });
  return { code, out, error };
}

const row = (verdict: Verdict): PreflightRow => ({
  title: 'zones',
  verdict,
  text: `it ${verdict}`,
  fix: verdict === 'holds' ? [] : ['do this'],
});

test.each<[readonly Verdict[], number, string]>([
  [['holds', 'holds'], 0, 'Everything that was asked holds.'],
  [['holds', 'not known'], 4, 'What is not known was not answered'],
  [['not known', 'fails', 'holds'], 3, 'A deployment would fail'],
])('%j ends with %i', async (verdicts, expected, ending) => {
  const { code, out } = await run(['--tier', 'medium'], () => Promise.resolve(verdicts.map(row)));

  expect(code).toBe(expected);
  expect(out).toMatch(/^shop · us-east-1 · medium\n\nzones +/);
  expect(out).toContain(ending);
  expect(out.match(/→ do this/g) ?? []).toHaveLength(verdicts.filter((verdict) => verdict !== 'holds').length);
});

test('what can wait fails, too, and is said to stop no deployment', async () => {
  const { code, out } = await run(['--tier', 'medium'], () => Promise.resolve([{ ...row('fails'), canWait: true }]));

  expect(code).toBe(3);
  expect(out).toContain('A deployment would work, and the store would not do all that it should');
});

test('offline it asks for no AWS, and says so', async () => {
  const asked: PreflightInput[] = [];
  const preflight = (input: PreflightInput) => Promise.resolve([row('not known')].filter(() => asked.push(input)));
  const { code, out } = await run(['--tier', 'medium', '--offline'], preflight);

  expect(asked.map(({ offline }) => offline)).toEqual([true]);
  expect({ code, ending: out.trimEnd().split('\n').at(-1) }).toEqual({
    code: 4,
    ending: 'AWS was not asked: quotas are its defaults, and the account’s may be others.',
  });
});

const none = () => Promise.reject(new PreflightError('no-credentials', 'No AWS credentials were found'));

test('wrong settings, and credentials that are missing, are an error of one text', async () => {
  expect(await run(['--tier', 'medium'], none)).toEqual({ code: 1, out: '', error: 'No AWS credentials were found\n' });
  expect((await run([], none)).error).toMatch(/tier +is not given/);
});
