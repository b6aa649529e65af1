import { templateOf } from '../../support/stores';
import { type AllowedCase, rolled } from './allowed-case';
import { between, changing, edit, edited, set } from './changed-store';

const group = 'AWS::ElastiCache::ReplicationGroup';

const changedMode = (TransitEncryptionMode: string) => edited('medium', set(group, { TransitEncryptionMode }));

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
      'cache replaced 2 × 2 × cache.m7g.large → 3 × 2 × cache.m7g.large (NumNodeGroups); starts empty, the hit rate recovers in about 10 min',
    ],
    after: ['Watch the cache’s hit rate until it recovers, in about 10 minutes; until then the database has more reads'],
  },
  {
    change: 'shards together with a node type, against AWS’s advice',
    review: () => changing('large', set(group, { NumNodeGroups: 3, CacheNodeType: 'cache.m7g.xlarge' })),
    verdict: 'downtime',
    lines: [
      'cache failover cache.m7g.large → cache.m7g.xlarge online; less than a second of downtime',
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
      'alarms updated 20 alarms; the dashboards follow',
      'other updated cache parameters (2), cache subnets (2), cache users (6) and permissions (2)',
    ],
  },
  {
    change: 'Redis becomes Valkey where it stands',
    review: () =>
      changing('medium', set(group, { Engine: 'valkey', EngineVersion: '8.1', CacheParameterGroupName: 'default.valkey8' })),
    verdict: 'downtime',
    lines: [
      'cache irreversible engine redis → valkey in place, with its data; ElastiCache does not change it back',
      'cache failover engine version 7.1 → 8.1 online',
      'cache updated other parameters; some hold only after a restart of the nodes',
    ],
    downtime: [[0, 1]],
  },
  {
    change: 'Valkey becomes Redis under its logical ID',
    review: () => between(edited('medium', set(group, { Engine: 'valkey' })), edited('medium', set(group, { Engine: 'redis' }))),
    verdict: 'safe',
    lines: [
      'cache replaced 2 × cache.t4g.medium → 2 × cache.t4g.medium (Engine); starts empty, the hit rate recovers in about 10 min',
      ...rolled,
    ],
  },
  {
    change: 'a new version of the engine with failover',
    review: () => between(edited('medium', set(group, { EngineVersion: '7.0' })), edited('medium')),
    verdict: 'downtime',
    lines: ['cache failover engine version 7.0 → 7.1 online'],
    downtime: [[0, 1]],
  },
  {
    change: 'a new version of the engine of a single node',
    review: () => changing('small', set(group, { EngineVersion: '7.2' })),
    verdict: 'downtime',
    lines: ['cache restart engine version 7.1 → 7.2; unavailable meanwhile, the database answers reads'],
    downtime: [[60, 600]],
  },
  {
    change: 'TLS of a running cache, the first of two steps',
    review: () =>
      between(
        edited('medium', set(group, { TransitEncryptionEnabled: false })),
        edited('medium', set(group, { TransitEncryptionEnabled: true, TransitEncryptionMode: 'preferred' })),
      ),
    verdict: 'safe',
    lines: ['cache updated connections are encrypted', 'cache updated connections without TLS are accepted too'],
  },
  {
    change: 'TLS of a running cache, the second of two steps',
    review: () => between(changedMode('preferred'), changedMode('required')),
    verdict: 'safe',
    lines: ['cache updated TLS mode preferred → required: connections without TLS are refused'],
  },
  {
    change: 'TLS of the cache is no longer required',
    review: () => between(changedMode('required'), changedMode('preferred')),
    verdict: 'safe',
    lines: ['cache security-regression connections without TLS are accepted too'],
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
