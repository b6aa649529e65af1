import { aStore, capacityOf } from './a-store';

/** Half of the requests pass the CDN in the tests' month; where a fifth does, viewers send two and a half times as many. */
describe('what is carried at the documents’ hit rates of the CDN', () => {
  const { maxLoad, bottleneck, atHitRates } = capacityOf(aStore());

  it.each([
    [0.6, 0.5 / 0.4],
    [0.8, 0.5 / 0.2],
    [0.9, 0.5 / 0.1],
  ])('grows at %s by what passes it, ÷ %s', (cdnHitRate, times) => {
    const at = atHitRates.find((one) => one.cdnHitRate === cdnHitRate);

    expect(at?.maxLoad?.requestsPerSecond).toBeCloseTo((maxLoad?.requestsPerSecond ?? 0) * times, 3);
    expect(at?.bottleneck).toBe(bottleneck?.title);
  });

  it('ends at the CDN’s quota at last', () => {
    const large = capacityOf(
      aStore({ apiTasks: [99, 999], databaseClass: 'db.m8g.4xlarge', storageGb: 400, replicas: 9, shards: 30 }),
    );

    expect(large.atHitRates.at(-1)).toMatchObject({ maxLoad: { requestsPerSecond: 250_000 }, bottleneck: 'quota of the CDN' });
  });

  it('is not told of a template without a CDN', () => {
    const { Cdn: _, ...Resources } = aStore().Resources;

    expect(capacityOf({ Resources }).atHitRates).toEqual([]);
  });
});
