import { cacheNodeTypes, nodeInsteadOfShards } from '../../lib/facts/cache-nodes';
import { tierNames } from '../../lib/tiers/tier';
import { acme, load } from './problems';

const cacheOf = (tier: string, cache: object) => load(acme({ tier, cache })).cache;

describe('a cache of one node where the size has shards', () => {
  test.each([
    ['large', 'cache.m7g.xlarge'], // 2 × 6.38 GiB and 2 × 0.937 Gbit/s: 12.94 and 1.876
    ['enterprise', 'cache.m7g.4xlarge'], // 3 × 12.94 GiB and 3 × 1.876 Gbit/s: 2xlarge has 26.05 and 3.75
  ])('carries in %s what they do', (tier, nodeType) => {
    expect(cacheOf(tier, { mode: 'single' })).toMatchObject({ nodeType, shards: 1, replicasPerShard: 1, modeIsGiven: true });
  });

  test('is of the type that the settings say, if that is enough', () => {
    expect(cacheOf('large', { mode: 'single', nodeType: 'cache.r7g.xlarge' }).nodeType).toBe('cache.r7g.xlarge');
  });

  test('is told as a risk where it is less', () => {
    const acceptRisk = 'few visitors for now';
    const { cache, acceptedRisks } = load(
      acme({ tier: 'large', cache: { mode: 'single', nodeType: 'cache.m7g.large' }, acceptRisk }),
    );
    expect(cache.nodeType).toBe('cache.m7g.large');
    expect(acceptedRisks.map(({ path }) => path)).toEqual(['stores.acme.cache.nodeType']);
  });

  test('has the type of the shards where no node of the family is enough', () => {
    expect(nodeInsteadOfShards({ nodeType: 'cache.m7g.16xlarge', shards: 2 })).toBe('cache.m7g.16xlarge');
    expect(nodeInsteadOfShards({ nodeType: 'cache.unheard.of', shards: 2 })).toBe('cache.unheard.of');
  });

  test('is never of a smaller type than the shards', () => {
    for (const nodeType of cacheNodeTypes) {
      const instead = nodeInsteadOfShards({ nodeType, shards: 2 });
      expect(cacheNodeTypes.indexOf(instead)).toBeGreaterThanOrEqual(cacheNodeTypes.indexOf(nodeType));
    }
  });
});

test.each(tierNames)('the mode that %s has is not taken for one that the settings say', (tier) => {
  const { mode, modeIsGiven } = cacheOf(tier, {});
  expect({ mode, modeIsGiven }).toEqual({
    mode: tier === 'small' || tier === 'medium' ? 'single' : 'cluster',
    modeIsGiven: false,
  });
  expect(cacheOf(tier, { mode: 'cluster', replicasPerShard: 1 }).modeIsGiven).toBe(true);
});

const jobsCacheOf = (settings: object) => load(acme(settings)).jobsCache;

describe('a cache for jobs', () => {
  test('is there only where the settings have one', () => {
    expect(jobsCacheOf({})).toBeUndefined();
    expect(jobsCacheOf({ jobsCache: {} })).toEqual({
      nodeType: 'cache.t4g.micro',
      replicas: 0,
      failover: false,
      engine: 'redis',
    });
  });

  test('has the engine of the cache, and fails over as soon as there is a replica', () => {
    expect(jobsCacheOf({ cacheEngine: 'valkey', jobsCache: { replicas: 1 } })).toMatchObject({
      engine: 'valkey',
      failover: true,
    });
    expect(jobsCacheOf({ jobsCache: { replicas: 1, failover: false } })).toMatchObject({ failover: false });
  });
});
