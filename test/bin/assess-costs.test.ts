import type { StoreFacts } from '../../alarms/assessment/store-facts';
import { monthlyCosts } from '../../bin/assess/costs';
import { synthesize } from '../../lib/store-app';
import { tiers } from '../../lib/tiers/tiers';

const now = () => new Date('2026-11-20T12:00:00Z');
const facts: StoreFacts = {
  name: 'shop',
  region: 'us-east-1',
  tier: 'small',
  databaseClass: 'db.t4g.micro',
  allocatedGb: 20,
  replicas: 0,
  proxy: false,
  cacheMode: 'single',
  apiMaxTasks: 4,
};

describe('what a recommendation costs, from the templates with and without it', () => {
  const { costOf, present } = monthlyCosts(facts, { synthesize, now });

  it('is more for a larger class', () => {
    expect(costOf({ settings: { database: { instanceClass: 'db.t4g.small' } } })).toBeGreaterThan(5);
  });

  it('is what two more tasks run in the busy hours', () => {
    // 0.04 of the month, 730 hours, of 0.25 vCPU, 0.5 GB and an address each
    const expected = 2 * 0.04 * 730 * (0.25 * 0.03238 + 0.5 * 0.00356 + 0.005);
    expect(costOf({ settings: { api: { maxTasks: 6 } } })).toBeCloseTo(expected, 2);
  });

  it('is the fixed costs of another size', () => {
    expect(costOf({ tier: 'medium' })).toBeGreaterThan(100);
  });

  it('is not known where the settings would refuse it', () => {
    expect(costOf({ settings: { api: { cpu: 512, memoryMiB: 512 } } })).toBeUndefined();
  });

  it('is at present the bill of the size, with its requests and its budget', () => {
    const { fixedUsd = 0, usageUsd = 0, ...load } = present() ?? {};
    expect(load).toEqual({ requests: 900_000, budgetUsd: tiers.small.budget.usdPerMonth });
    expect(fixedUsd + usageUsd).toBeLessThan(100);
    expect(fixedUsd).toBeGreaterThan(50);
    expect(usageUsd).toBeGreaterThan(0);
  });

  it.each([
    ['a size', { ...facts, tier: undefined }],
    ['prices', { ...facts, region: 'sa-east-1' }],
  ])('is not known without %s, and nothing is synthesised', (_, store) => {
    const synthesised = jest.fn<never, []>();

    const unknown = monthlyCosts(store, { synthesize: synthesised, now });
    expect(unknown.costOf({ tier: 'medium' })).toBeUndefined();
    expect(unknown.present()).toBeUndefined();
    expect(synthesised).not.toHaveBeenCalled();
  });
});
