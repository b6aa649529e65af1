import { costOf } from '../../../lib/review/cost/cost';
import { Template } from '../../../lib/template/template';
import { type TierName, tierNames } from '../../../lib/tiers/tier';
import { monthOfSize } from '../../support/month-of-size';
import { templateOf } from '../../support/stores';
import { billOf, cents, charges, type Resources } from './bill-of';

const linesOf = (tier: TierName, settings: Readonly<Record<string, unknown>>) =>
  costOf(new Template(templateOf(tier, settings)), 'us-east-1', monthOfSize(tier)).lines;

/** Lines that a store has more for its traces, by their labels. */
function added(tier: TierName, traces: object): Readonly<Record<string, number>> {
  const before = new Set(linesOf(tier, {}).map(({ label }) => label));
  const more = linesOf(tier, { traces }).filter(({ label }) => !before.has(label));
  return Object.fromEntries(more.map((line) => [line.label, cents(line)]));
}

test('medium at 10%', () => {
  // 9,000,000 requests × 10% × 8 spans = 7,200,000 spans; × 1 KiB ÷ 1024² = 6.866 GB: × 0.35 = 2.403; × 0.045 = 0.309
  expect(added('medium', {})).toEqual({
    'spans of 10% of the requests': 2.4,
    'spans indexed as summaries of traces': 0, // 72,000, the free 1%
    'spans through NAT gateways': 0.31,
  });
});

test('small, whose tasks have public addresses, pays no NAT gateway for them', () => {
  // 900,000 requests × 50% × 8 spans × 1 KiB = 3.433 GB × 0.35
  expect(added('small', { sampledPercent: 50 })).toEqual({
    'spans of 50% of the requests': 1.2,
    'spans indexed as summaries of traces': 0,
  });
});

test.each(tierNames)('%s without the setting has no line of them, and with it no line changes', (tier) => {
  const [off, on] = [linesOf(tier, {}), linesOf(tier, { traces: {} })];
  expect(off.filter(({ label }) => label.startsWith('spans'))).toEqual([]);
  expect(on.filter(({ label }) => !label.startsWith('spans'))).toEqual(off);
  expect(on.filter(({ label }) => label.startsWith('spans')).every(({ kind }) => kind === 'usage')).toBe(true);
});

const traced = (...values: readonly unknown[]): Resources =>
  Object.fromEntries(
    values.map((Value, index) => [
      `Task${index}`,
      {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          ContainerDefinitions: [{ Image: 'x' }, { Image: 'x', Environment: [{ Name: 'TRACES_SAMPLED_PERCENT', Value }] }],
        },
      },
    ]),
  );
const usd = (percent: number) =>
  billOf(traced(percent), { apiRequests: 5e9 }).lines.reduce((all, line) => all + line.usdPerMonth, 0);

test('a larger share never costs less, through the tiers of the price', () => {
  const shares = [0.01, 0.1, 1, 5, 10, 20, 40, 60, 80, 100].map(usd);
  expect(shares).toEqual(shares.toSorted((one, other) => one - other));
  expect(new Set(shares).size).toBe(shares.length);
  // 5,000 million × 8 × 1 KiB = 38,146.97 GB: 10,240 × 0.35 + 20,480 × 0.2 + 7,426.97 × 0.15
  expect(cents({ usdPerMonth: shares.at(-1) ?? 0 })).toBe(8794.05);
});

test('of two services that are told different shares the larger one counts', () => {
  expect(charges(traced('5', '20'), { apiRequests: 9_000_000 })).toEqual(charges(traced('20'), { apiRequests: 9_000_000 }));
});

test('a share that only AWS knows counts nothing, and is named', () => {
  const { lines, unknown } = billOf(traced({ 'Fn::ImportValue': 'share' }), { apiRequests: 9_000_000 });
  expect(lines).toEqual([]);
  expect(unknown).toContainEqual({ resource: 'Task0', property: 'TRACES_SAMPLED_PERCENT' });
});
