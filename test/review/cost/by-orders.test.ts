import { type ReviewInput, reviewStore, type StoreReview } from '../../../lib/review/review-store';
import { type TierName, tierNames } from '../../../lib/tiers/tier';
import { tiers } from '../../../lib/tiers/tiers';
import type { GivenUsage } from '../../../lib/usage/monthly-usage';
import { remembered } from '../../support/remembered';
import { reviewedTemplate } from '../../support/reviewed-templates';

function review(tier: TierName, input: Partial<ReviewInput> = {}): StoreReview {
  const own = tiers[tier];
  const template = reviewedTemplate(tier);
  return reviewStore({ name: tier, template, region: 'us-east-1', tier: own, budget: own.budget, acceptedRisks: [], ...input });
}

/** The month of a size with so many orders, and people as they grow. */
function peopleAt(orders: number, tier: TierName): GivenUsage {
  const { usage, serves } = tiers[tier];
  const times = orders / usage.orders;
  return {
    orders,
    users: usage.users * times,
    usersAtOnce: serves.concurrentUsers.figure * times,
    drop: serves.buyersAtOnce.figure * times,
  };
}

const plain = remembered((tier: TierName) => review(tier));

describe.each(tierNames)('the bill of %s by orders', (tier) => {
  const { byOrders, total, capacity } = plain(tier);
  const points = byOrders?.points ?? [];
  const end = byOrders?.maxOrders ?? 0;

  it('has the bill itself at its own orders', () => {
    expect(points.find(({ orders }) => orders === tiers[tier].usage.orders)?.usdPerMonth).toBeCloseTo(total.usdPerMonth, 6);
  });

  it('goes from 100 to 10 million orders and never falls', () => {
    const [orders, costs] = [points.map((point) => point.orders), points.map(({ usdPerMonth }) => usdPerMonth)];
    expect([orders[0], orders.at(-1)]).toEqual([100, 10_000_000]);
    expect(orders).toEqual(orders.toSorted((one, other) => one - other));
    expect(costs).toEqual(costs.toSorted((one, other) => one - other));
  });

  it('ends within its own month if and only if that falls short', () => {
    expect(end < tiers[tier].usage.orders).toBe(capacity.demands.some(({ verdict }) => verdict === 'falls short'));
  });

  it.each([
    [0.98, 'holds'],
    [1.03, 'falls short'],
  ])('with %d times the orders at which it ends: %s', (times, expected) => {
    const { demands } = review(tier, { usage: peopleAt(end * times, tier) }).capacity;
    expect(demands.some(({ verdict }) => verdict === 'falls short') ? 'falls short' : 'holds').toBe(expected);
  });
});

describe('how many orders a store carries', () => {
  it('is not known while one of its demands is not', () => {
    const template = structuredClone(reviewedTemplate('medium')) as { Resources: Record<string, { Type: string }> };
    template.Resources['Bearer'] = { Type: 'AWS::DynamoDB::Table' };
    const { byOrders, capacity } = review('medium', { template, saved: true });
    expect(capacity.demands.map(({ verdict }) => verdict)).toContain('not known');
    expect(byOrders).toMatchObject({ maxOrders: undefined });
    expect(byOrders?.points).toHaveLength(16);
  });

  it('is left out for a month without orders', () => {
    expect(review('medium', { usage: { orders: 0 } }).byOrders).toBeUndefined();
  });
});
