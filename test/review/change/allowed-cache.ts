import { templateOf } from '../../support/stores';
import { type AllowedCase, rolled } from './allowed-case';
import { between, changing, edit, edited, set } from './changed-store';

const group = 'AWS::ElastiCache::ReplicationGroup';

export const allowedCache: readonly AllowedCase[] = [
  {
    change: 'two nodes become three',
    review: () => changing('medium', set(group, { NumCacheClusters: 3 })),
    verdict: 'safe',
    lines: ['cache updated nodes 2 → 3, added and removed online'],
  },
  {
    change: 'two nodes become one',
    review: () => changing('medium', set(group, { NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false })),
    verdict: 'safe',
    lines: ['cache updated nodes 2 → 1, added and removed online; no failover any longer'],
  },
  {
    change: 'another node type with failover',
    review: () => changing('medium', set(group, { CacheNodeType: 'cache.r7g.large' })),
    verdict: 'downtime',
    lines: ['cache failover cache.t4g.medium → cache.r7g.large online; less than a second of downtime'],
    downtime: [[0, 1]],
  },
  {
    change: 'another node type of a single node',
    review: () => changing('small', set(group, { CacheNodeType: 'cache.t4g.small' })),
    verdict: 'downtime',
    lines: [
      'cache restart cache.t4g.micro → cache.t4g.small; unavailable twice for a few seconds, the database answers reads meanwhile',
    ],
    downtime: [[2, 20]],
  },
  {
    change: 'shards alone, online',
    review: () => changing('large', set(group, { NumNodeGroups: 3 })),
    verdict: 'safe',
    lines: ['cache updated shards 2 → 3; keys move online, responses are slower meanwhile'],
  },
  {
    change: 'shards without online resharding',
    review: () =>
      changing(
        'large',
        edit(group, (properties, resource) => {
          properties.NumNodeGroups = 3;
          delete resource['UpdatePolicy'];
        }),
      ),
    verdict: 'safe',
    lines: [
      'cache replaced 2 × 2 × cache.r7g.large → 3 × 2 × cache.r7g.large (NumNodeGroups); starts empty, the hit rate recovers in about 10 min',
    ],
    after: ['Watch the cache’s hit rate until it recovers, in about 10 minutes; until then the database has more reads'],
  },
  {
    change: 'shards together with a node type, against AWS’s advice',
    review: () => changing('large', set(group, { NumNodeGroups: 3, CacheNodeType: 'cache.r7g.xlarge' })),
    verdict: 'downtime',
    lines: [
      'cache failover cache.r7g.large → cache.r7g.xlarge online; less than a second of downtime',
      'cache updated shards 2 → 3; keys move online, responses are slower meanwhile',
    ],
    downtime: [[0, 1]],
    before: [
      'Change the number of shards in a separate deployment, as AWS recommends: a deployment that fails later does not undo it (AWS CloudFormation user guide, UseOnlineResharding)',
    ],
  },
  {
    change: 'replicas a shard, in place though the schema says otherwise, so that the services do not roll',
    review: () => changing('large', set(group, { ReplicasPerNodeGroup: 2 })),
    verdict: 'safe',
    lines: ['cache updated replicas per shard 1 → 2, added and removed online'],
  },
  {
    change: 'another engine under a logical ID of its own',
    review: () => between(templateOf('medium'), templateOf('medium', { cacheEngine: 'valkey' })),
    verdict: 'safe',
    lines: [
      'cache replaced 2 × cache.t4g.medium → 2 × cache.t4g.medium (redis → valkey); a new one is created, services switch, the old one is deleted; starts empty, the hit rate recovers in about 10 min',
      ...rolled,
      'alarms updated 18 alarms; the dashboards follow',
      'other updated cache parameters (2), cache subnets (2), cache users (6) and permissions (2)',
    ],
  },
  {
    change: 'tags of a cluster without replicas',
    review: () =>
      between(
        edited('large', set(group, { ReplicasPerNodeGroup: 0 })),
        edited('large', set(group, { ReplicasPerNodeGroup: 0, Tags: [] })),
      ),
    verdict: 'safe',
    lines: ['other updated tags (1)'],
  },
];
