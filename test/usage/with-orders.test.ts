import { Template } from '../../lib/template/template';
import { tierNames } from '../../lib/tiers/tier';
import { tiers } from '../../lib/tiers/tiers';
import { type Month, monthOf } from '../../lib/usage/month';
import type { GivenUsage } from '../../lib/usage/monthly-usage';
import { withOrders } from '../../lib/usage/with-orders';
import { reviewedTemplate } from '../support/reviewed-templates';

const month = (given: GivenUsage = {}): Month => monthOf(new Template(reviewedTemplate('medium')), tiers.medium, given);

describe('a month with more orders', () => {
  it.each(tierNames)('is the month itself with its own (%s)', (tier) => {
    const own = monthOf(new Template(reviewedTemplate(tier)), tiers[tier], { cdnGbOut: 900, logGb: 3 });
    expect(withOrders(own, own.usage.orders)).toEqual({ usage: own.usage, serves: own.serves });
  });

  it('has as many times the people, and what follows from them', () => {
    const { usage } = month();
    const more = withOrders(month(), 30_000).usage;
    for (const name of ['orders', 'users', 'usersAtOnce', 'drop', 'visits', 'apiRequests', 'cdnGbOut', 'queueMessages'] as const)
      expect([name, more[name]]).toEqual([name, expect.closeTo(3 * usage[name], 6)]);
  });

  it('leaves what one person does, the catalogue and the images', () => {
    const { usage } = month();
    const more = withOrders(month(), 30_000).usage;
    for (const name of ['pagesPerVisit', 'cdnHitRate', 'products', 'pictures', 'imagesKept', 'orderUsd'] as const)
      expect([name, more[name]]).toEqual([name, usage[name]]);
  });

  it('has to bear as much more', () => {
    expect(withOrders(month(), 30_000).serves).toMatchObject({
      ordersPerMonth: 30_000,
      mostUsers: 150_000,
      concurrentUsers: { figure: 30_000 },
      buyersAtOnce: { figure: 3_000 },
      requestsPerSecond: { figure: 3_000 },
    });
  });

  it('lets a given figure grow as it would if it followed', () => {
    const more = withOrders(month({ cdnGbOut: 900, logGb: 10, pictures: 500 }), 30_000).usage;
    const { logGb, otherLogGb } = month().usage;
    expect(more.cdnGbOut).toBeCloseTo(2_700);
    expect(more.logGb).toBeCloseTo((10 * (3 * (logGb - otherLogGb) + otherLogGb)) / logGb); // a part of the logs comes without requests
    expect(more.pictures).toBe(500);
  });

  it('has the crowd of so many orders where nobody gave it, not that of the size', () => {
    // The documents have 10,000 users at once, 1,000 requests/s and a drop of 1,000 buyers at 10,000 orders.
    const { serves, usage } = withOrders(month({ orders: 2_000, users: 5_000, drop: 800 }), 4_000);
    expect(serves).toMatchObject({ concurrentUsers: { figure: 4_000 }, requestsPerSecond: { figure: 400 }, mostUsers: 10_000 });
    expect(serves.buyersAtOnce.figure).toBe(1_600);
    expect(usage).toMatchObject({ orders: 4_000, users: 10_000, usersAtOnce: 4_000, drop: 1_600 });
  });
});
