import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { main, type PricesIo } from '../../bin/prices-refresh';
import { prices } from '../../lib/facts/prices';
import type { PriceList } from '../../lib/prices/price-list';
import { queryFor } from '../../lib/prices/price-queries';
import { PricesError } from '../../lib/prices/prices-error';
import { flat, priceListOf } from '../prices/products';

/** The project's, but for one row of eu-west-1, which is new when AWS has it. */
const table = readFileSync(resolve(__dirname, '../../lib/facts/prices.json'), 'utf8')
  .split('\n')
  .filter((line) => !/"fargate\.ephemeral", "region": "eu-west-1"/.test(line))
  .join('\n');
const folder = mkdtempSync(join(tmpdir(), 'prices-refresh-'));
const file = join(folder, 'prices.json');

beforeEach(() => writeFileSync(file, table));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(argv: readonly string[], priceList: PriceList, io: Partial<PricesIo> = {}) {
  let [out, error] = ['', ''];
  const code = await main(argv, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    now: () => new Date('2026-11-20T12:00:00Z'),
    progressDelayMs: 60_000,
    file,
    priceList: () => priceList,
    ...io,
  });
  return { code, out, error, written: readFileSync(file, 'utf8') };
}

/** Lines that a run took away from the table, and those that it put there. */
function difference(written: string): { before: string[]; after: string[] } {
  const [old, young] = [table.split('\n'), written.split('\n')];
  return { before: old.filter((line) => !young.includes(line)), after: young.filter((line) => !old.includes(line)) };
}

const fargate = [
  flat('VCPU', { usagetype: 'EU-Fargate-vCPU-Hours:perCPU' }, '0.0420000000'),
  flat('ARM', { usagetype: 'EU-Fargate-ARM-vCPU-Hours:perCPU' }, '0.0323800000'),
  flat('MEMORY', { usagetype: 'EU-Fargate-GB-Hours' }, '0.0044450000'),
  flat('ARM-MEMORY', { usagetype: 'EU-Fargate-ARM-GB-Hours' }, '0.0035600000'),
  flat('DISK', { usagetype: 'EU-Fargate-EphemeralStorage-GB-Hours' }, '0.0001220000'),
];

test('the rows of a region and pattern are rewritten, and nothing else', async () => {
  const { code, out, written } = await run(['--region', 'eu-west-1', '--key', 'fargate.*'], priceListOf({ AmazonECS: fargate }));
  const { before, after } = difference(written);
  expect(code).toBe(0);
  expect(before).toHaveLength(4);
  expect(after).toHaveLength(5); // the disk is new
  expect(
    after.every((line) =>
      /"key": "fargate\..*"region": "eu-west-1".*"source": "AWS Price List API", "sourceDate": "2026-11-17"/.test(line),
    ),
  ).toBe(true);
  expect(out).toBe(
    [
      'changed:',
      '  fargate.x86.vcpu: 0.04048 → 0.042 USD (+3.8%)', // 0.042 / 0.04048 = 1.0375
      '',
      'new:',
      '  fargate.ephemeral: 0.000122 USD for a GB-hour',
      '',
      '1 changed, 1 new, 3 confirmed, 0 kept',
      '',
    ].join('\n'),
  );
});

test('--dry-run says the same and writes nothing', async () => {
  const { code, out, written } = await run(
    ['--region', 'eu-west-1', '--key', 'fargate.*', '--dry-run'],
    priceListOf({ AmazonECS: fargate }),
  );
  expect(code).toBe(0);
  expect(out).toMatch(/0\.04048 → 0\.042[^]*Nothing was written: --dry-run/);
  expect(written).toBe(table);
});

test('what AWS does not answer keeps its row, is named, and gives exit code 2', async () => {
  const { code, out, written } = await run(
    ['--region', 'eu-west-1', '--key', 'fargate.*'],
    priceListOf({ AmazonECS: fargate.slice(1) }),
  );
  expect(code).toBe(2);
  expect(out).toContain('  fargate.x86.vcpu: AWS lists no product with the usage type Fargate-vCPU-Hours:perCPU\n');
  expect(written).toContain(table.split('\n').find((line) => line.includes('"fargate.x86.vcpu", "region": "eu-west-1"')));
});

test('what stands in no list of AWS’s is told and no failure', async () => {
  const { code, out, written } = await run(['--region', 'eu-west-1', '--key', 'cloudwatch.dashboard'], priceListOf({}));
  expect(code).toBe(0);
  expect(out).toContain('not in the AWS price list');
  expect(written).toBe(table);
});

test('a failure partway leaves the table untouched, with one line', async () => {
  let calls = 0;
  const { code, out, error, written } = await run(['--region', 'eu-west-1'], () => {
    calls += 1;
    if (calls < 4) return Promise.resolve(fargate);
    return Promise.reject(new PricesError('throttled', 'AWS still throttles pricing:GetProducts'));
  });
  expect([code, out, error]).toEqual([1, '', 'AWS still throttles pricing:GetProducts\n']);
  expect(written).toBe(table);
});

test('a product that cannot be read leaves the table untouched, with one line', async () => {
  const { code, error, written } = await run(
    ['--region', 'eu-west-1', '--key', 'fargate.*'],
    priceListOf({ AmazonECS: [...fargate, '{'] }),
  );
  expect(code).toBe(1);
  expect(error).toBe("AWS's price list has a product that cannot be read: {\n");
  expect(written).toBe(table);
});

test('a region without rows gets all of them', async () => {
  const regional = [...new Set(prices.filter(({ region }) => region !== 'global').map(({ key }) => key))];
  const { code, written } = await run(['--region', 'sa-east-1'], everything(regional, 'sa-east-1'));
  const added = difference(written).after.map(
    (line) => JSON.parse(line.trim().replace(/,$/, '')) as { key: string; region: string },
  );
  const inNoList = ['cloudwatch.dashboard', 'cloudwatch.insights'];
  expect(code).toBe(0);
  expect(new Set(added.map(({ region }) => region))).toEqual(new Set(['sa-east-1']));
  expect(regional.filter((key) => !added.some((row) => row.key === key))).toEqual(inNoList);
  expect(difference(written).before).toEqual([]);
});

/** Answers every question with products for all keys, each at the price that another region has. */
function everything(keys: readonly string[], region: string): PriceList {
  const products = keys.flatMap((key) => {
    const query = queryFor(key, region);
    const known = prices.find((price) => price.key === key);
    if (!query || 'unlisted' in query || !known) return [];
    const attributes = { ...query.asked, ...query.attributes, usagetype: query.asked['usagetype'] ?? query.usage[0] ?? '' };
    return [{ query, text: flat(key, attributes, String(known.usd / (known.per ?? 1))) }];
  });
  return (service, asked) =>
    Promise.resolve(
      products
        .filter(({ query }) => query.service === service && JSON.stringify(query.asked) === JSON.stringify(asked))
        .map(({ text }) => text),
    );
}

test('prices that hold everywhere are those of global', async () => {
  const { out, written } = await run(
    ['--region', 'global', '--key', 'waf.*'],
    priceListOf({ awswaf: [flat('ACL', { usagetype: 'USE1-WebACLV2' }, '6')] }),
  );
  expect(out).toContain('waf.acl: 5 → 6 USD (+20.0%)');
  expect(difference(written).after[0]).toContain('"key": "waf.acl", "region": "global"');
});

test.each([
  ['no region', [], /required option '--region <name>'/],
  ['a region that nobody knows', ['--region', 'eu-west-11'], /Did you mean eu-west-1\?/],
  [
    'a key that nobody knows',
    ['--region', 'eu-west-1', '--key', 'fargate.arm.vcpus'],
    /no price is called "fargate\.arm\.vcpus"; did you mean fargate\.arm\.vcpu\?/,
  ],
  ['a key of all regions', ['--region', 'eu-west-1', '--key', 'waf.acl'], /use --region global/],
  ['an argument too many', ['--region', 'eu-west-1', 'now'], /too many arguments/],
])('%s is one clear line and asks nobody', async (_, argv, message) => {
  const { code, error, written } = await run(argv, () => Promise.reject(new Error('asked')));
  expect(code).toBe(1);
  expect(error).toMatch(message);
  expect(error).not.toMatch(/\n +at /);
  expect(written).toBe(table);
});

test('whoever waits long is told what is being asked', async () => {
  const { error } = await run(['--region', 'eu-west-1', '--key', 'fargate.*'], priceListOf({ AmazonECS: fargate }), {
    progressDelayMs: 0,
  });
  expect(error).toBe('Reading prices of AmazonECS in eu-west-1 …\n');
});
