import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../bin/reconcile';
import { type BillRow, billOf } from '../reconcile/bill';
import { csvOf, type FormatName } from '../reconcile/formats';
import { linesOf } from '../reconcile/store';
import { reviewedTemplate } from '../support/reviewed-templates';

const folder = mkdtempSync(join(tmpdir(), 'reconcile-test-'));
const cdkJson = join(folder, 'cdk.json');
const stores = { shop: { region: 'us-east-1' } };

afterAll(() => rmSync(folder, { recursive: true }));

async function run(...argv: readonly string[]) {
  let [out, error] = ['', ''];
  const code = await main(argv, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    colour: false,
    now: () => new Date('2026-11-20T12:00:00Z'),
    progressDelayMs: 60_000,
    context: () => ({ stores }),
    synthesize: ({ tier }) => reviewedTemplate(tier),
    cdkJson,
  });
  return { code, out, error };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const bill = (month = '2026-10', store = 'shop') => billOf(linesOf('small', { natGb: 3, logGb: 9 }), { store, month });
const small = ['--tier', 'small'] as const;

test('a bill is shown line by line, with what is not in the review, and the usage to paste', async () => {
  const [first] = bill();
  const support: BillRow[] = first
    ? [
        {
          ...first,
          store: undefined,
          part: undefined,
          service: 'AWSSupportBusiness',
          usageType: 'Dollar',
          category: 'fee',
          usd: 29,
        },
      ]
    : [];
  const { code, out, error } = await run(file('bill.csv', csvOf([...bill(), ...support], 'legacy')), ...small);

  expect({ code, error }).toEqual({ code: 0, error: '' });
  expect(out).toMatch(/^shop · us-east-1 · small · 2026-10 · .*bill\.csv \(Cost and Usage Report\)\n/);
  expect(out).toMatch(/^logs: foreseen 0\.01, billed 2\.0\d, difference \+2\.0\d$/m);
  expect(out).toMatch(/^Without the tag store:.*\n +fee +AWSSupportBusiness Dollar +.* 29\.00$/m);
  expect(out).toMatch(/no store 29\.00 = USD \d+\.\d\d in [\d,]+ rows: nothing is left out\./);
  expect(out).toMatch(/\n"usage": \{ .*"logGb": 9,.* \}\n$/);
  for (const line of out.split('\n').filter((one) => !one.startsWith('"usage"'))) expect(line.length).toBeLessThanOrEqual(120);
});

test('--json has all of it', async () => {
  const { code, out } = await run(file('json.csv', csvOf(bill(), 'FOCUS 1.2')), ...small, '--json');

  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    schemaVersion: 1,
    store: 'shop',
    tier: 'small',
    format: 'FOCUS',
    period: { month: '2026-10', share: 1 },
    buckets: { 'not foreseen': [], 'no store': [] },
    warnings: [],
    usage: { logGb: 9 },
  });
});

test('--write puts the usage into cdk.json, and keeps the rest', async () => {
  writeFileSync(cdkJson, JSON.stringify({ app: 'x', context: { stores } }));
  const { code, error } = await run(file('write.csv', csvOf(bill(), '2.0')), ...small, '--write');

  expect({ code, error }).toEqual({ code: 0, error: 'cdk.json: the store shop has the measured month as usage now.\n' });
  expect(JSON.parse(readFileSync(cdkJson, 'utf8'))).toEqual({
    app: 'x',
    context: { stores: { shop: { region: 'us-east-1', usage: expect.objectContaining({ logGb: 9, cdnGbOut: 57.6 }) } } },
  });
});

test('without --write the file stays', async () => {
  writeFileSync(cdkJson, 'as it was');
  await run(file('paste.csv', csvOf(bill(), '2.0')), ...small);

  expect(readFileSync(cdkJson, 'utf8')).toBe('as it was');
});

test('a folder, a byte order mark, other columns and another order are read alike', async () => {
  const [header = '', ...rows] = csvOf(bill(), 'FOCUS 1.0')
    .replace(/^(.*)$/gm, '$1')
    .trimEnd()
    .split('\n');
  mkdirSync(join(folder, 'parts'));
  const half = Math.ceil(rows.length / 2);
  file(
    'parts/1.csv',
    `\uFEFF${header},more\n${rows
      .slice(0, half)
      .map((row) => `${row},x`)
      .join('\n')}\n`,
  );
  file(
    'parts/2.csv',
    `before,${header}\n${rows
      .slice(half)
      .map((row) => `"a\nb",${row}`)
      .join('\n')}\n`,
  );
  file('parts/Manifest.json', '{}');
  const whole = await run(file('whole.csv', csvOf(bill(), 'FOCUS 1.0')), ...small);
  const parts = await run(join(folder, 'parts'), ...small);

  expect(parts.code).toBe(0);
  expect(parts.out.split('\n').slice(1)).toEqual(whole.out.split('\n').slice(1));
});

test('one of several months is chosen, and the others are said', async () => {
  const path = file('months.csv', csvOf([...bill(), ...bill('2026-09')], 'legacy'));

  expect(await run(path, ...small)).toMatchObject({
    code: 1,
    error: 'The file has several months; choose one: --month 2026-09 or --month 2026-10\n',
  });
  expect(await run(path, ...small, '--month', '2026-08')).toMatchObject({
    code: 1,
    error: 'The file has nothing of 2026-08; it has 2026-09, 2026-10\n',
  });
  const { code, out } = await run(path, ...small, '--month', '2026-09');
  expect(code).toBe(0);
  expect(out).toContain('Of other months');
});

const activate =
  /aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=store,Status=Active TagKey=part,Status=Active/;
const untagged = (format: FormatName) =>
  csvOf(
    bill().map((row) => Object.assign(row, { store: undefined, part: undefined })),
    format,
  );
/** More than DuckDB looks at before it reads. */
const many = Array.from({ length: 30 }, () => bill()).flat();
const without = (text: string, pattern: RegExp) => text.replaceAll(pattern, 'x');

test.each<[string, string, RegExp]>([
  [
    'no-export.csv',
    'name,price\na,1\n',
    /no-export\.csv is no export of a bill: it has none of the columns lineItem\/LineItemType .*; its first columns: name, price/,
  ],
  ['binary.csv', '\0\x01"\0,\n"', /binary\.csv (cannot be read|is no export)/],
  ['broken.parquet', 'name\n1\n', /broken\.parquet cannot be read: .*broken\.parquet/],
  [
    'bill.txt',
    'x',
    /bill\.txt is no file that can be read: its name, or one in the folder, has to end in \.csv, \.csv\.gz, \.parquet/,
  ],
  [
    'columns.csv',
    without(csvOf(bill(), 'legacy'), /lineItem\/Usage(Amount|Type)/g),
    /lacks 2 of the columns that are read:\n {2}lineItem\/UsageType\n {2}lineItem\/UsageAmount\n/,
  ],
  ['no-tag-columns.csv', without(csvOf(bill(), 'legacy'), /resourceTags\/user:\w+/g), activate],
  ['untagged-legacy.csv', untagged('legacy'), activate],
  ['untagged.csv', untagged('2.0'), activate],
  ['untagged-focus.csv', untagged('FOCUS 1.0'), activate],
  [
    'stores.csv',
    csvOf(bill('2026-10', 'one'), 'legacy'),
    /No row of 2026-10 has the tag store=shop; the file has the stores one$/m,
  ],
  [
    'text.csv',
    csvOf(bill(), 'legacy').replace(/,USD,0\.\d+/, ',USD,much'),
    /^1 of the rows have no kind of charge, or a cost or quantity that is no number/,
  ],
  [
    'cut.csv',
    csvOf(many, 'legacy').slice(0, -40),
    /cut\.csv cannot be read: line \d+ of .*cut\.csv (is no row|has 1\d columns, and the first line 16): it may be cut off$/m,
  ],
  [
    'short.csv',
    `${csvOf(bill(), 'legacy')}a,b\n`,
    /short\.csv cannot be read: it is no CSV, or not each of its rows has as many columns as the first/,
  ],
  ['blank.csv', `${csvOf(bill(), 'legacy')}${','.repeat(15)}\n`, /^1 of the rows have no kind of charge/],
  ['euro.csv', csvOf(bill(), 'legacy').replaceAll(',USD,', ',EUR,'), /^The bill is in EUR; the review is in USD/],
])('%s is refused in plain words', async (name, text, message) => {
  const { code, out, error } = await run(file(name, text), ...small);

  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(error).toMatch(message);
  expect(error).not.toMatch(/^ +at /m);
});

test('a month that AWS wrote twice is refused, and so are two formats', async () => {
  for (const name of ['twice', 'twice/1', 'twice/2', 'mixed']) mkdirSync(join(folder, name));
  for (const name of ['1', '2']) file(`twice/${name}/bill.csv`, csvOf(bill(), 'legacy'));
  file('mixed/1.csv', csvOf(bill(), 'legacy'));
  file('mixed/2.csv', csvOf(bill(), 'FOCUS 1.0'));

  expect((await run(join(folder, 'twice'), ...small)).error).toMatch(/several folders.*\n {2}2026-10: .*twice\/1, .*twice\/2/);
  expect((await run(join(folder, 'mixed'), ...small)).error).toMatch(
    /several formats.*\n.*1\.csv: Cost and Usage Report\n.*2\.csv: FOCUS/,
  );
});

test.each([
  [[], /missing required argument 'file'/],
  [['bill.csv', '--month', 'October'], /Allowed is a year and a month: 2026-10\./],
  [['bill.csv', '--tier', 'huge'], /Allowed choices are small/],
  [['bill.csv', '--store', 'nix', '--tier', 'small'], /nix/],
  [['bill.csv'], /--tier small/],
])('%j is wrong usage', async (argv, message) => {
  const { code, out, error } = await run(...argv);

  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(error).toMatch(message);
});

test('a file that is not there', async () => {
  expect(await run(join(folder, 'nix.csv'), ...small)).toMatchObject({
    code: 1,
    error: expect.stringMatching(/nix\.csv cannot be read: there is no such file/),
  });
});

test('--help has examples', async () => {
  expect(await run('--help')).toMatchObject({
    code: 0,
    error: '',
    out: expect.stringContaining('npm run reconcile -- bill.csv.gz --store shop'),
  });
});
