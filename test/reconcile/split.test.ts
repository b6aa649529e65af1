import { type BilledGroup, type Export } from '../../lib/reconcile/billed';
import { reconcile } from '../../lib/reconcile/reconcile';
import type { TierName } from '../../lib/tiers/tier';
import type { MonthlyUsage } from '../../lib/usage/monthly-usage';
import { type BillOptions, billOf } from './bill';
import { linesOf } from './store';

/** Of an export without a file. */
function reconciled(
  usage: Partial<MonthlyUsage>,
  options: Partial<BillOptions> = {},
  change: (group: BilledGroup) => BilledGroup = (group) => group,
  tier: TierName = 'medium',
) {
  const rows = billOf(linesOf(tier, usage), { store: 'shop', month: '2026-10', ...options });
  const groups = rows.map((row): BilledGroup => change({ ...row, rows: 1 }));
  const total = { rows: groups.length, usd: groups.reduce((sum, { usd }) => sum + usd, 0) };
  const read: Export = { format: 'test', groups, total };
  return reconcile({ export: read, month: '2026-10', store: 'shop', region: 'us-east-1', lines: linesOf(tier) });
}

const lineOf = ({ lines }: ReturnType<typeof reconciled>, key: string) => {
  const line = lines.find((one) => one.key === key);
  if (line === undefined) throw new Error(`no line of ${key}`);
  return line;
};

test('more at the same price is a difference of the quantity', () => {
  const { split, differenceUsd } = lineOf(reconciled({ natGb: 150 }), 'nat.gb'); // assumed are 45
  expect(split.quantityUsd).toBeCloseTo(105 * 0.045);
  expect(split.priceUsd).toBeCloseTo(0);
  expect(differenceUsd).toBeCloseTo(105 * 0.045);
});

test('another price of the same quantity is a difference of the price', () => {
  const { split } = lineOf(reconciled({}, { price: 0.7 }), 'nat.gb');
  expect(split.quantityUsd).toBeCloseTo(0);
  expect(split.priceUsd).toBeCloseTo(-0.3 * 45 * 0.045);
});

test('what is left of an allowance is free, and only the rest costs', () => {
  const { split } = lineOf(reconciled({ cdnGbOut: 1024 + 100 }), 'cloudfront.out');
  expect(split.quantityUsd).toBeCloseTo(100 * 0.085);
  expect(split.priceUsd).toBeCloseTo(0);
});

test('less than foreseen saves no more than was foreseen', () => {
  const { split, billed } = lineOf(reconciled({ kmsRequests: 10_000 }), 'kms.requests');
  expect(billed.usd).toBe(0);
  expect(split.quantityUsd).toBeCloseTo(-1.02);
  expect(split.priceUsd).toBeCloseTo(0);
});

test('an allowance that others used up is a difference of the price', () => {
  const { split } = lineOf(
    reconciled({}, {}, (group) =>
      group.usageType === 'DataTransfer-Out-Bytes' && group.service === 'AmazonCloudFront'
        ? { ...group, usd: group.quantity * 0.085 }
        : group,
    ),
    'cloudfront.out',
  );
  expect(split.quantityUsd).toBeCloseTo(0);
  expect(split.priceUsd).toBeCloseTo(544.5 * 0.085);
});

test('the two add up in every line', () => {
  for (const { split, differenceUsd } of reconciled({ natGb: 3, cdnGbOut: 5000, averageApiTasks: 4 }, { price: 1.2 }).lines)
    expect(split.quantityUsd + split.priceUsd).toBeCloseTo(differenceUsd);
});

/** Spot at another price, twice that on the first day. */
const spot =
  (times: number) =>
  (group: BilledGroup): BilledGroup =>
    group.usageType.includes('Spot')
      ? { ...group, listUsd: 1, usd: group.usd * times * (group.from === '2026-10-01T00:00:00Z' ? 2 : 1) }
      : group;

describe('warnings', () => {
  test('a list price that differs by more than 1% is one, and a smaller difference is none', () => {
    expect(reconciled({}, { price: 1.009 }).warnings).toEqual([]);
    expect(reconciled({}, { price: 1.011 }).warnings.find(({ key }) => key === 'nat.hour')).toMatchObject({
      kind: 'list',
      ours: [0.045],
      theirs: 0.045 * 1.011,
      part: 'network',
    });
  });

  test('what is billed below the list price is a discount, and no warning', () => {
    const result = reconciled({}, {}, (group) => ({ ...group, usd: group.usd * 0.5 }));
    expect(result.warnings).toEqual([]);
    expect(lineOf(result, 'nat.hour').billed.belowListUsd).toBeCloseTo(744 * 0.045 * 0.5);
  });

  test('without a list price, what was billed is compared, and said to be that', () => {
    const { warnings } = reconciled({}, { price: 0.5 }, (group) => ({ ...group, listUsd: undefined }));
    expect(warnings.find(({ key }) => key === 'nat.hour')).toMatchObject({
      kind: 'billed',
      theirs: expect.closeTo(0.0225) as number,
    });
  });

  test('a list price of a tier that is not ours is none where ours was billed', () => {
    expect(reconciled({}, {}, (group) => ({ ...group, listUsd: 0.0001 })).warnings.map(({ key }) => key)).not.toContain(
      'nat.hour',
    );
  });

  test('Spot is one price, whatever is listed and however it changed', () => {
    const key = 'fargate.arm.vcpu × fargate.spot';
    const ofKey = (times: number) => reconciled({}, {}, spot(times), 'small').warnings.filter((one) => one.key === key);

    expect(ofKey(1.5)).toMatchObject([{ kind: 'spot', theirs: expect.closeTo(0.3 * 0.03238 * 1.5 * (32 / 31)) as number }]);
    expect(ofKey(31 / 32)).toEqual([]);
  });
});
