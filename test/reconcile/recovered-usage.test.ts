import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { figureContext } from '../../bin/reconcile/figure-context';
import { sumProblems } from '../../lib/reconcile/check-sums';
import { reconcile } from '../../lib/reconcile/reconcile';
import { measuredFigures } from '../../lib/reconcile/usage-figures';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { tiers } from '../../lib/tiers/tiers';
import type { MonthlyUsage } from '../../lib/usage/monthly-usage';
import { monthOfSize } from '../support/month-of-size';
import { reviewedTemplate } from '../support/reviewed-templates';
import { type BillRow, billOf } from './bill';
import { csvOf, type FormatName, formatNames, toParquet } from './formats';
import { openExports } from './open-exports';
import { linesOf } from './store';

const { folder, query, read } = openExports();

const billedFigures = [
  'apiRequests',
  'cdnRequests',
  'cdnGbOut',
  'queueMessages',
  'logGb',
  'accessLogGb',
  'flowLogGb',
  'natGb',
  'internetGbOut',
  'interZoneGb',
  'filesGb',
  'filesWrites',
  'filesReads',
  'imageGb',
  'kmsRequests',
  'secretCalls',
] as const;

/** A month that is unlike the one that the size assumes. What a bill cannot tell apart stays as assumed. */
function knownUsage(tier: TierName): MonthlyUsage {
  const { parts } = tiers[tier];
  const usage = monthOfSize(tier);
  const figures = billedFigures.map((name, index) => [name, usage[name] * (1.3 + index / 10)]);
  return {
    ...usage,
    ...(Object.fromEntries(figures) as Partial<MonthlyUsage>),
    averageApiTasks: (parts.api.minTasks + parts.api.maxTasks) / 2,
    averageWorkerTasks: (parts.worker.minTasks + parts.worker.maxTasks) / 2,
    queueEmptyReceives: usage.queueEmptyReceives,
  };
}

async function figuresOf(tier: TierName, file: string) {
  const found = await read(file);
  const lines = linesOf(tier);
  const result = reconcile({ export: found, month: '2026-10', store: 'shop', region: 'us-east-1', lines });
  return {
    result,
    figures: measuredFigures(result, figureContext(reviewedTemplate(tier), lines, monthOfSize(tier))),
  };
}

async function write(name: string, rows: readonly BillRow[], format: FormatName, kind: string): Promise<string> {
  const csv = join(folder, `${name}.csv`);
  writeFileSync(csv, csvOf(rows, format));
  if (kind === 'csv') return csv;
  if (kind === 'csv.gz') {
    writeFileSync(`${csv}.gz`, gzipSync(csvOf(rows, format)));
    return `${csv}.gz`;
  }
  const parquet = join(folder, `${name}.parquet`);
  await query(toParquet(csv, parquet, format));
  return parquet;
}

const cases = tierNames.flatMap((tier) =>
  formatNames.flatMap((format) => ['csv', 'csv.gz', 'parquet'].map((kind) => [tier, format, kind] as const)),
);

test.each(cases)('%s: usage is recovered from %s as %s', async (tier, format, kind) => {
  const known = knownUsage(tier);
  const rows = billOf(linesOf(tier, known), { store: 'shop', month: '2026-10', prefix: 'USE1-' });
  const { figures, result } = await figuresOf(tier, await write(`${tier}-${format}`, rows, format, kind));

  expect(sumProblems(result)).toEqual([]);
  expect(result.warnings).toEqual([]);
  expect(figures.length).toBeGreaterThanOrEqual(16);
  for (const { name, value } of figures) expect([name, Math.abs(value / known[name] - 1) < 0.02]).toEqual([name, true]);
});

test('a part of the month is scaled: the review to it, and the usage to the whole', async () => {
  const known = knownUsage('medium');
  const rows = billOf(linesOf('medium', known), { store: 'shop', month: '2026-10', days: 10 });
  const { figures, result } = await figuresOf('medium', await write('part', rows, 'legacy', 'csv'));

  expect(result.period).toMatchObject({ hours: 240, monthHours: 744, from: '2026-10-01T00:00:00Z', to: '2026-10-11T00:00:00Z' });
  for (const { name, value } of figures) expect([name, Math.abs(value / known[name] - 1) < 0.02]).toEqual([name, true]);
  const nat = result.lines.find(({ key }) => key === 'nat.hour');
  expect(nat?.foreseen.quantity).toBeCloseTo(240);
  expect(nat?.differenceUsd).toBeCloseTo(0);
});

test('a month that is as assumed differs in nothing', async () => {
  const rows = billOf(linesOf('large'), { store: 'shop', month: '2026-10' });
  const { result } = await figuresOf('large', await write('same', rows, 'FOCUS 1.2', 'parquet'));

  expect(result.buckets['not foreseen']).toEqual([]);
  for (const { key, split } of result.lines) {
    expect([key, Math.round(split.quantityUsd * 100), Math.round(split.priceUsd * 100)]).toEqual([key, 0, 0]);
  }
});
