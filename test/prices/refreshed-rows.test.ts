import type { Price } from '../../lib/facts/prices';
import { rowOf } from '../../lib/prices/price-file';
import { refreshedRows } from '../../lib/prices/refreshed-rows';
import type { Priced } from '../../lib/prices/request-prices';

const row = (price: Partial<Price>) =>
  rowOf({
    key: 'nat.hour',
    region: 'us-east-1',
    unit: 'hour',
    usd: 0.045,
    source: 'somebody',
    sourceDate: '2025',
    readOn: '2025-06-01',
    confidence: 'secondary',
    ...price,
  });

const endless = Number.POSITIVE_INFINITY;
const answer = (key: string, usd: number): Priced => ({ key, tiers: [{ from: 0, to: endless, usd }], published: '2026-11-17' });

const nat = [row({ region: 'eu-west-1', usd: 0.048 }), row({})];

test('the region’s row gets AWS’s price, date and confidence; other regions’ rows keep their text', () => {
  const { rows } = refreshedRows(nat, 'us-east-1', [answer('nat.hour', 0.05)], '2026-11-20');
  expect(rows.map(({ text }) => text)).toEqual([
    nat[0]?.text,
    '{"key": "nat.hour", "region": "us-east-1", "unit": "hour", "usd": 0.05, "source": "AWS Price List API", "sourceDate": "2026-11-17", "readOn": "2026-11-20", "confidence": "exact"}',
  ]);
});

test('a list without a date has today’s', () => {
  const { rows } = refreshedRows(nat, 'us-east-1', [{ ...answer('nat.hour', 0.05), published: undefined }], '2026-11-20');
  expect(rows[1]?.price.sourceDate).toBe('2026-11-20');
});

test.each([
  ['before', 'ap-northeast-1', ['ap-northeast-1', 'eu-west-1', 'us-east-1']],
  ['between', 'sa-east-1', ['eu-west-1', 'sa-east-1', 'us-east-1']],
  ['after', 'us-west-2', ['eu-west-1', 'us-east-1', 'us-west-2']],
])('a new region’s row stands %s the others by its name, with their unit', (_, region, order) => {
  const { rows, changes } = refreshedRows(nat, region, [answer('nat.hour', 0.06)], '2026-11-20');
  expect(rows.map(({ price }) => price.region)).toEqual(order);
  expect(changes).toMatchObject([{ kind: 'new', after: [{ unit: 'hour', usd: 0.06 }] }]);
});

test('AWS’s price of one becomes that of so many: 0.0000002 × 1,000,000 = 0.2', () => {
  const requests = [row({ key: 'lambda.requests', unit: 'requests', per: 1_000_000, usd: 0.2 })];
  const { changes } = refreshedRows(requests, 'us-east-1', [answer('lambda.requests', 0.000_000_2)], '2026-11-20');
  expect(changes).toMatchObject([{ kind: 'confirmed', unit: '1,000,000 requests', after: [{ per: 1_000_000, usd: 0.2 }] }]);
});

test('tiers become rows, the last without an end', () => {
  const out = [row({ key: 'cloudfront.out', unit: 'GB', upTo: 10_240, usd: 0.085 })];
  const tiers = [
    { from: 0, to: 10_240, usd: 0.085 },
    { from: 10_240, to: endless, usd: 0.08 },
  ];
  const { rows, changes } = refreshedRows(
    out,
    'us-east-1',
    [{ key: 'cloudfront.out', tiers, published: undefined }],
    '2026-11-20',
  );
  expect(rows.map(({ price: { upTo, usd } }) => [upTo, usd])).toEqual([
    [10_240, 0.085],
    [undefined, 0.08],
  ]);
  expect(changes.map(({ kind }) => kind)).toEqual(['changed']);
});

test('the same price is confirmed, another one changed', () => {
  const kinds = [0.045, 0.046].map((usd) => refreshedRows(nat, 'us-east-1', [answer('nat.hour', usd)], 'x').changes[0]?.kind);
  expect(kinds).toEqual(['confirmed', 'changed']);
});

test.each([0.000_045, 0.3])('a price of %d USD beside 0.045 is not believed, and the row stays', (usd) => {
  const refreshed = refreshedRows(nat, 'us-east-1', [answer('nat.hour', usd)], '2026-11-20');
  expect(refreshed.rows).toEqual(nat);
  expect(refreshed.kept).toMatchObject([{ key: 'nat.hour', expected: true, problem: expect.stringContaining('not plausible') }]);
});

test('what was not answered stays as it is', () => {
  const unanswered = { key: 'nat.hour', problem: 'AWS lists no product', expected: true };
  expect(refreshedRows(nat, 'us-east-1', [unanswered], '2026-11-20')).toEqual({ rows: nat, changes: [], kept: [unanswered] });
});
