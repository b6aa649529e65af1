import { stepLines } from '../../../../lib/review/output/terminal/step-lines';
import type { StoreReview } from '../../../../lib/review/review-store';
import { capacity, review, small } from './reviews';

const carrying = (concurrentUsers: number) => ({ ...capacity, maxLoad: { requestsPerSecond: 1, concurrentUsers } });
const costing = (usdPerMonth: number) => ({ fixedUsdPerMonth: usdPerMonth, usageUsdPerMonth: 0, usdPerMonth });

const before: StoreReview = {
  ...review('small', small),
  costIsAtLeast: false,
  total: costing(100),
  capacity: carrying(10_000),
};
const after: StoreReview = { ...before, name: 'large', total: costing(486), capacity: carrying(40_123) };

test.each<[string, Partial<StoreReview>, string]>([
  ['is the difference by the users added', {}, 'USD a month +386; concurrent users added 30,100; each USD 0.0128'], // 386 ÷ 30,123
  [
    'without a price is open',
    { costIsAtLeast: true },
    'USD a month not known; concurrent users added 30,100; each USD not known',
  ],
  [
    'whose capacity is not known is open',
    { capacity: { ...carrying(40_123), complete: false } },
    'USD a month +386; concurrent users added not known; each USD not known',
  ],
  [
    'that adds nobody has nothing to divide by',
    { capacity: carrying(10_000) },
    'USD a month +386; concurrent users added 0; each USD -',
  ],
])('a step %s', (_, own, line) => {
  expect(stepLines([before, { ...after, ...own }])).toEqual([`step small → large: ${line}`]);
});
