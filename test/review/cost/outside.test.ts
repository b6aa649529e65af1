import { documentedText, outsideCosts } from '../../../lib/review/cost/outside';
import { stepsUp } from '../../../lib/review/steps-up';
import { tierNames } from '../../../lib/tiers/tier';
import { tiers } from '../../../lib/tiers/tiers';
import { monthOfSize } from '../../support/month-of-size';
import { realReview } from '../output/page/sample-report';
import { idle } from './bill-of';

const month = { ...idle, orders: 3_000, orderUsd: 80 };

test('payment fees are a share of each order and a fixed amount', () => {
  const [fees] = outsideCosts({ outside: [] }, month);
  expect(fees?.usdPerMonth).toBeCloseTo(7_860); // 3,000 × (80 × 0.029 + 0.30) = 3,000 × 2.62
  expect(fees?.how).toBe('3,000 orders × (80 USD × 2.9% + 0.3)');
});

test('no orders cost no fees', () => {
  expect(outsideCosts({ outside: [] }, idle)[0]?.usdPerMonth).toBe(0);
});

test('a document that counts less than the fixed amounts is told so', () => {
  const [fees] = outsideCosts(tiers.small.budget, monthOfSize('small'));
  expect(fees && documentedText(fees, { orders: 1_000 })).toBe(
    '[drop-store] small store: Stripe: 50, less than the 300 of 0.3 each',
  );
});

test.each(tierNames)('the services that the documents count for %s have rows of their own', (tier) => {
  const { budget } = tiers[tier];
  expect(outsideCosts(budget, monthOfSize(tier)).map(({ name }) => name)).toEqual([
    'payment fees',
    ...budget.outside.map(({ name }) => name).filter((name) => name !== 'payment fees'),
  ]);
});

test('a step up is the difference of bills by the users that it adds', () => {
  const [small, medium] = [realReview('small'), realReview('medium')];
  const [step] = stepsUp([small, medium]);
  expect(step).toMatchObject({ from: 'small', to: 'medium' });
  expect(step?.usdPerMonth).toBeCloseTo(medium.total.usdPerMonth - small.total.usdPerMonth);
  const added = (medium.capacity.maxLoad?.concurrentUsers ?? 0) - (small.capacity.maxLoad?.concurrentUsers ?? 0);
  expect(step?.usdPerUserAdded).toBeCloseTo((step?.usdPerMonth ?? 0) / added);
  expect(added).toBeGreaterThan(0);
});

test('what is not known leaves the step open', () => {
  const [small, medium] = [realReview('small'), realReview('medium')];
  expect(stepsUp([small, { ...medium, costIsAtLeast: true }])[0]).toMatchObject({
    usdPerMonth: undefined,
    usdPerUserAdded: undefined,
  });
  const unmeasured = { ...medium, capacity: { ...medium.capacity, complete: false } };
  expect(stepsUp([small, unmeasured])[0]).toMatchObject({ usersAdded: undefined, usdPerUserAdded: undefined });
});
