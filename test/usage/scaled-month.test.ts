import { Template } from '../../lib/template/template';
import { tierNames } from '../../lib/tiers/tier';
import { tiers } from '../../lib/tiers/tiers';
import { type Month, monthOf } from '../../lib/usage/month';
import type { GivenUsage } from '../../lib/usage/monthly-usage';
import { scaledMonth } from '../../lib/usage/scaled-month';
import { reviewedTemplate } from '../support/reviewed-templates';

const month = (given: GivenUsage = {}): Month => monthOf(new Template(reviewedTemplate('medium')), tiers.medium, given);

describe('a month with so many times as many people', () => {
  it.each(tierNames)('is the month itself at once as many (%s)', (tier) => {
    const own = monthOf(new Template(reviewedTemplate(tier)), tiers[tier], { cdnGbOut: 900, logGb: 3 });
    expect(scaledMonth(own, 1)).toEqual({ usage: own.usage, serves: own.serves });
  });

  it('has as many times the people, and what follows from them', () => {
    const { usage } = month();
    const more = scaledMonth(month(), 3).usage;
    for (const name of ['orders', 'users', 'usersAtOnce', 'drop', 'visits', 'apiRequests', 'cdnGbOut', 'queueMessages'] as const)
      expect([name, more[name]]).toEqual([name, expect.closeTo(3 * usage[name], 6)]);
  });

  it('leaves what one person does, the catalogue and the images', () => {
    const { usage } = month();
    const more = scaledMonth(month(), 3).usage;
    for (const name of ['pagesPerVisit', 'cdnHitRate', 'products', 'pictures', 'imagesKept', 'orderUsd'] as const)
      expect([name, more[name]]).toEqual([name, usage[name]]);
  });

  it('has to bear as much more', () => {
    expect(scaledMonth(month(), 3).serves).toMatchObject({
      ordersPerMonth: 30_000,
      mostUsers: 150_000,
      concurrentUsers: { figure: 30_000 },
      buyersAtOnce: { figure: 3_000 },
      requestsPerSecond: { figure: 3_000 },
    });
  });

  it('lets a given figure grow as it would if it followed', () => {
    const more = scaledMonth(month({ cdnGbOut: 900, logGb: 10, pictures: 500 }), 3).usage;
    const { logGb, otherLogGb } = month().usage;
    expect(more.cdnGbOut).toBeCloseTo(2_700);
    expect(more.logGb).toBeCloseTo((10 * (3 * (logGb - otherLogGb) + otherLogGb)) / logGb); // a part of the logs comes without requests
    expect(more.pictures).toBe(500);
  });
});
