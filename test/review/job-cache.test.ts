import { quotaUses } from '../../lib/review/quotas/quotas';
import { reviewSize } from '../../lib/review/review-size';
import { partSummaries } from '../../lib/review/text/part-summary';
import { Template } from '../../lib/template/template';
import { storeConfig, templateOf } from '../support/stores';
import { aStore, capacityOf } from './capacity/a-store';
import { cents } from './cost/bill-of';
import { rowsOf, type WrittenResources } from './protection/rows-of';

const group = 'AWS::ElastiCache::ReplicationGroup';

/** A cache that evicts nothing, beside whatever else there is. */
function jobs(properties: object = {}, policies: object = {}) {
  return {
    Jobs: { Type: group, Properties: { CacheParameterGroupName: { Ref: 'Parameters' }, ...properties }, ...policies },
    Parameters: {
      Type: 'AWS::ElastiCache::ParameterGroup',
      Properties: { Properties: { 'maxmemory-policy': 'noeviction' } },
    },
  } satisfies WrittenResources;
}

describe('the capacity', () => {
  const { Resources } = aStore();
  const withJobs = (properties: object, input = {}) =>
    capacityOf({ Resources: { ...Resources, ...jobs({ CacheNodeType: 'cache.t4g.micro', ...properties }) } }, input);
  const limits = (properties: object = {}, input = {}) =>
    withJobs(properties, input)
      .limits.filter(({ part }) => part === 'jobs-cache')
      .map(({ id, value, maxLoad, informational }) => ({ id, value, maxLoad, informational }));
  const own = { maxLoad: 'not measured', informational: true };

  test('of a job cache is told in jobs: 402,653,184 bytes of 4 KiB each, and 64 Mbit/s of which each job takes 8 KiB', () => {
    expect(limits()).toEqual([
      { id: 'jobs-cache-memory', value: '98,304 jobs at once', ...own },
      { id: 'jobs-cache-network', value: '977 jobs/s', ...own },
    ]);
  });

  test('follows what a job takes', () => {
    expect(limits({}, { assume: { jobKiB: 40 } }).map(({ value }) => value)).toEqual(['9,830 jobs at once', '98 jobs/s']);
  });

  test('of a node that nobody published is not known', () => {
    expect(limits({ CacheNodeType: 'cache.unheard.of' }).map(({ value }) => value)).toEqual([
      'cache.unheard.of',
      'cache.unheard.of',
    ]);
  });

  test('of the store is that of its cache, whichever of the two stands first', () => {
    const { notExamined, bottleneck, maxLoad, complete } = withJobs({});
    const { Jobs, Parameters } = jobs({ CacheNodeType: 'cache.t4g.micro' });
    const first = capacityOf({ Resources: { Jobs, Parameters, ...Resources } });
    const without = capacityOf({ Resources });
    expect(notExamined).toEqual([]);
    for (const review of [{ bottleneck, maxLoad, complete }, first])
      expect(review).toMatchObject({ bottleneck: without.bottleneck, maxLoad: without.maxLoad, complete: without.complete });
  });

  test('is open with a second one', () => {
    const { notExamined } = capacityOf({ Resources: { ...Resources, ...jobs(), Second: jobs().Jobs } });
    expect(notExamined).toMatchObject([{ resource: 'Second', reason: 'a second job cache' }]);
  });
});

describe('the protection of jobs', () => {
  test.each([
    [
      'recovery',
      jobs({ AutomaticFailoverEnabled: true }),
      'good job cache: a replica takes over; the last jobs are lost if it lagged',
    ],
    ['recovery', jobs(), 'weak job cache: nothing takes over: a node that fails loses all its jobs'],
    ['backups', jobs(), 'fact job cache: none each day: jobs of a copy would run again'],
    ['backups', jobs({ SnapshotRetentionLimit: 2 }), 'fact job cache: daily, kept 2 days; jobs of a copy run again'],
    ['deletion', jobs(), 'weak job cache in the stack: deleted when it is removed from the stack or replaced'],
    [
      'deletion',
      jobs({}, { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' }),
      'good job cache in the stack: kept as a snapshot when it is removed from the stack or replaced',
    ],
  ] as const)('%s', (topic, resources, row) => {
    expect(rowsOf(resources, topic)).toEqual([row]);
  });
});

const cachesIn = (template: Template) => partSummaries(template).filter(({ part }) => part.endsWith('cache'));
const usedNodes = (template: Template) => quotaUses(template).find(({ name }) => name === 'cacheNodes')?.most;

describe('a store with a job cache', () => {
  const before = new Template(templateOf('medium'));
  const after = new Template(templateOf('medium', { jobsCache: { replicas: 1 } }));

  test('tells it as a part of its own', () => {
    expect(cachesIn(before)).toEqual([{ part: 'cache', title: 'cache', text: '2 × cache.t4g.medium' }]);
    expect(cachesIn(after)).toEqual([
      ...cachesIn(before),
      { part: 'jobs-cache', title: 'job cache', text: '2 × cache.t4g.micro' },
    ]);
  });

  test('pays for its nodes and its two secrets: 2 × 0.016 × 730 and 2 × 0.4', () => {
    const settings = { jobsCache: { replicas: 1 } };
    const { lines } = reviewSize(storeConfig('medium', settings), templateOf('medium', settings));
    const own = lines.filter(({ part }) => part === 'jobs-cache');
    expect(cents({ usdPerMonth: own.reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0) })).toBe(24.16);
  });

  test('uses the quota of nodes for both', () => {
    expect([usedNodes(before), usedNodes(after)]).toEqual([2, 4]);
  });
});
