import { Template } from '../../lib/template/template';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { tiers } from '../../lib/tiers/tiers';
import { monthOf } from '../../lib/usage/month';
import { usageNames } from '../../lib/usage/monthly-usage';
import { reviewedTemplate } from '../support/reviewed-templates';
import { templateOf } from '../support/stores';

const own = { orders: 5_000, users: 9_000, cdnHitRate: 0.9 };

test('the setting of a store is in its template, and is its month for whoever reads it', () => {
  const month = monthOf(new Template(templateOf('medium', { usage: own })), tiers.medium);
  expect(month.given).toEqual(own);
  expect(month.usage).toMatchObject({ ...own, visits: 90_000 });
  expect(month.serves).toMatchObject({ ordersPerMonth: 5_000, mostUsers: 9_000, source: 'the store’s own month (usage)' });
  expect(month.serves.concurrentUsers).toEqual(tiers.medium.serves.concurrentUsers);
});

test('what the caller gives counts more than the setting', () => {
  const { usage, serves } = monthOf(new Template(templateOf('medium', { usage: own })), tiers.medium, {
    users: 7_000,
    drop: 300,
  });
  expect(usage).toMatchObject({ orders: 5_000, users: 7_000, drop: 300 });
  expect(serves.buyersAtOnce).toEqual({ figure: 300, source: 'the store’s own month (usage)' });
});

test('what a template says of other figures, or beyond their range, is left out', () => {
  const template = { Metadata: { 'Store::Usage': { orders: -1, horses: 3, users: '12' } }, Resources: {} };
  expect(monthOf(new Template(template), tiers.small).given).toEqual({ users: 12 });
});

test.each<[TierName, object]>([
  ['small', { leastApiTasks: 2, mostApiTasks: 4, leastWorkerTasks: 1, mostWorkerTasks: 2, accessLogDays: 30 }],
  ['enterprise', { leastApiTasks: 10, mostApiTasks: 60, leastWorkerTasks: 4, mostWorkerTasks: 20, accessLogDays: 60 }],
])('tasks and days of %s are those of its template', (tier, sizing) => {
  expect(monthOf(new Template(reviewedTemplate(tier)), tiers[tier]).usage).toMatchObject(sizing);
});

test.each(tierNames)('every figure of %s is a number within what may be set', (tier) => {
  const { usage } = monthOf(new Template(reviewedTemplate(tier)), tiers[tier]);
  expect(usageNames.filter((name) => !Number.isFinite(usage[name]))).toEqual([]);
});
