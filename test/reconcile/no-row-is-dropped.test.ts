import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { chargeCategories } from '../../lib/reconcile/billed';
import { sumProblems } from '../../lib/reconcile/check-sums';
import { bucketNames, type Reconciliation, reconcile } from '../../lib/reconcile/reconcile';
import { type BillRow, billOf } from './bill';
import { csvOf, formatNames } from './formats';
import { openExports } from './open-exports';
import { linesOf } from './store';

const { folder, read } = openExports();

const lines = linesOf('small');
const month = '2026-10';

async function reconciled(rows: readonly BillRow[], format: (typeof formatNames)[number] = 'legacy'): Promise<Reconciliation> {
  const file = join(folder, 'bill.csv');
  writeFileSync(file, csvOf(rows, format));
  const found = await read(file);
  return reconcile({ export: found, month, store: 'shop', region: 'us-east-1', lines });
}

const anyText = fc.oneof(
  fc.constantFrom('AmazonEC2', 'AmazonS3', 'USE1-Requests-Tier1', 'KMS-Keys', 'Dollar', ''),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const anyTag = fc.option(fc.constantFrom('shop', 'other', 'api', 'database', 'a "b", c'), { nil: undefined });

const anyRow: fc.Arbitrary<BillRow> = fc.record({
  month: fc.constantFrom(month, month, '2026-09'),
  from: fc.constantFrom('2026-10-01T00:00:00Z', '', '2026-10-12T05:00:00Z'),
  to: fc.constantFrom('2026-11-01T00:00:00Z', '', '2026-10-12T06:00:00Z'),
  category: fc.constantFrom(...chargeCategories),
  service: anyText,
  usageType: anyText,
  operation: anyText,
  unit: anyText,
  quantity: fc.double({ min: -1e6, max: 1e9, noNaN: true }),
  usd: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
  listUsd: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined }),
  store: anyTag,
  part: anyTag,
});

test('whatever rows a bill has, all of them are shown, to the cent', async () => {
  const bill = billOf(lines, { store: 'shop', month });
  const property = fc.asyncProperty(
    fc.array(anyRow, { maxLength: 60 }),
    fc.constantFrom(...formatNames),
    async (extra, format) => {
      const result = await reconciled([...bill, ...extra], format);
      const usd = [...bill, ...extra].reduce((sum, row) => sum + row.usd, 0);

      expect(sumProblems(result)).toEqual([]);
      expect(result.total.rows).toBe(bill.length + extra.length);
      expect(Math.abs(result.total.usd - usd)).toBeLessThan(0.005);
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

test('a row that is lost, or shown twice, is seen', async () => {
  const result = await reconciled([...billOf(lines, { store: 'shop', month }), { ...only, usd: 5 }]);

  expect(sumProblems(result)).toEqual([]);
  expect(sumProblems({ ...result, buckets: { ...result.buckets, 'no store': [] } })).toHaveLength(2);
  expect(sumProblems({ ...result, lines: [...result.lines, ...result.lines] })).toHaveLength(2);
});

const only: BillRow = {
  month,
  from: '2026-10-01T00:00:00Z',
  to: '2026-10-02T00:00:00Z',
  category: 'usage',
  service: 'AmazonEC2',
  usageType: 'USE1-BoxUsage:t4g.micro',
  operation: 'RunInstances',
  unit: 'Hrs',
  quantity: 1,
  usd: 1,
};

test.each<[Partial<BillRow>, (typeof bucketNames)[number]]>([
  [{ store: 'shop', part: 'api' }, 'not foreseen'],
  [{ store: 'shop' }, 'no part'],
  [{ store: 'shop', part: 'api', category: 'credit', usd: -3 }, 'charges'],
  [{ store: 'shop', category: 'refund', usd: -3 }, 'charges'],
  [{}, 'no store'],
  [{ category: 'tax' }, 'no store'],
  [{ category: 'savings plan negation', usd: -3 }, 'no store'],
  [{ part: 'api' }, 'no store'],
  [{ store: 'other', part: 'api' }, 'other stores'],
  [{ store: 'shop', part: 'api', month: '2026-09' }, 'other months'],
  [{ store: 'shop', part: 'api', month: '' }, 'no month'],
])('a row of %j is in the bucket "%s"', async (row, bucket) => {
  const { buckets } = await reconciled([...billOf(lines, { store: 'shop', month }), { ...only, ...row }]);

  expect(bucketNames.filter((name) => buckets[name].length > 0)).toEqual([bucket]);
  expect(buckets[bucket]).toMatchObject([{ rows: 1, usd: row.usd ?? 1, category: row.category ?? 'usage' }]);
});

test('what was foreseen and has no tag is said beside its line', async () => {
  const { lines: found } = await reconciled([
    ...billOf(lines, { store: 'shop', month }),
    { ...only, service: 'AmazonEC2', usageType: 'NatGateway-Bytes' },
    { ...only, service: 'AmazonEC2', usageType: 'DataTransfer-Out-Bytes', quantity: 7, usd: 0.63 },
  ]);

  expect(found.find(({ key }) => key === 'transfer.internet')?.untagged).toMatchObject({ quantity: 7, usd: 0.63 });
  expect(found.find(({ key }) => key === 'alb.hour')?.untagged).toMatchObject({ quantity: 0, usd: 0 });
});
