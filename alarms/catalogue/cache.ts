import { type CacheConfig, runsStoreApi, type StoreConfig } from '../../lib/config/store-config';
import { cacheCpuCredits, cacheMaxClients } from '../../lib/facts/cache-nodes';
import { metrics } from '../../services/contract';
import type { AlarmDefinition, Metric, Unit } from '../definition';
import { cacheConnections, cacheHitRate, cpu, memory } from '../thresholds';
import { alarms, awsMetric, critical, customMetric, quarterHour, type Rule, warning } from './rule';
import { withThousands } from './units';

/** Each node of the cache, and what the services did without it. */
export function cacheAlarms(config: StoreConfig): AlarmDefinition[] {
  const { shards, replicasPerShard } = config.cache;
  const nodes = Array.from({ length: shards * (1 + replicasPerShard) }, (_, index) => index + 1);
  return [...nodes.flatMap((node) => nodeAlarms(config.cache, node)), ...fallbacks(config)];
}

function nodeAlarms(cache: CacheConfig, node: number): AlarmDefinition[] {
  const common = { part: 'cache', instance: String(node) } as const;
  const metric: NodeMetric = (name, statistic, unit) =>
    awsMetric('AWS/ElastiCache', name, statistic, unit, { CacheClusterId: { nameOf: `cache-node-${node}` } });
  return [
    ...busyNode(common, metric),
    ...credits(cache, common, metric),
    ...fullNode(common, metric),
    ...connections(cache, common, metric),
    ...(cache.replicasPerShard > 0 ? lag(common, metric) : []),
    ...hitRate(common, metric),
  ];
}

type Common = Pick<Rule, 'part' | 'instance'>;
type NodeMetric = (name: string, statistic: string, unit: Unit) => Metric;

function busyNode(common: Common, metric: NodeMetric): AlarmDefinition[] {
  return [
    ...alarms({
      ...common,
      rule: 'cache-cpu',
      title: 'CPU of the cache engine',
      signal: metric('EngineCPUUtilization', 'Average', 'Percent'),
      harms: 'Commands queue for the single thread; cached pages become slow.',
      levels: [
        warning(cpu.warning, `${cpu.warning}% for 5 minutes ${cpu.source}`),
        critical(cpu.critical, `${cpu.critical}% ${cpu.source}; AWS recommends the same`, 'ticket'),
      ],
    }),
    ...alarms({
      ...common,
      rule: 'cache-host-cpu',
      title: 'CPU of the cache node',
      signal: metric('CPUUtilization', 'Average', 'Percent'),
      diagnostic: true,
      harms: 'Snapshots, TLS and monitoring take the CPU from the engine.',
      levels: [warning(cpu.critical, `${cpu.critical}% ${cpu.source}: on two vCPU the engine alone takes half`)],
    }),
  ];
}

/**
 * A node that spends less than it earns is recovering, or new: it starts with none. One that is slowed down spends just what it earns, so
 * nine tenths of that count as spending.
 */
function credits({ nodeType }: CacheConfig, common: Common, metric: NodeMetric): AlarmDefinition[] {
  const burst = cacheCpuCredits(nodeType);
  if (burst === undefined) return [];
  const { earnedPerHour, most, vcpu } = burst;
  const threshold = most * 0.2;
  const minutes = Math.round((60 * threshold) / (60 * vcpu - earnedPerHour));
  return alarms({
    ...common,
    rule: 'cache-credits',
    title: 'CPU credits of the cache',
    signal: {
      expression: `IF(spent >= ${(0.9 * earnedPerHour) / 12}, balance, ${most})`,
      metrics: { balance: metric('CPUCreditBalance', 'Minimum', 'Count'), spent: metric('CPUCreditUsage', 'Sum', 'Count') },
      unit: 'Count',
    },
    window: { periodSeconds: 300, datapoints: 3, of: 3 },
    operator: '<',
    harms: 'Once they are spent AWS slows the node down to its baseline, and cached pages with it.',
    levels: [
      warning(
        threshold,
        `a fifth of the ${most} that ${nodeType} keeps at the most: an assumption; at full speed they last ${minutes} minutes. A node that spends less than nine tenths of the ${earnedPerHour} an hour that it earns raises none`,
      ),
    ],
  });
}

function fullNode(common: Common, metric: NodeMetric): AlarmDefinition[] {
  return [
    ...alarms({
      ...common,
      rule: 'cache-memory',
      title: 'Memory of the cache',
      signal: metric('DatabaseMemoryUsagePercentage', 'Average', 'Percent'),
      harms: 'A full cache evicts entries that are still needed, and the database answers instead.',
      levels: [
        warning(memory.warning, `${memory.warning}% ${memory.source}`),
        critical(memory.critical, `${memory.critical}% ${memory.source}`, 'ticket'),
      ],
    }),
    ...alarms({
      ...common,
      rule: 'cache-evictions',
      title: 'Evictions of the cache',
      signal: metric('Evictions', 'Sum', 'Count'),
      window: quarterHour,
      missing: 'notBreaching',
      diagnostic: true,
      harms: 'Evicted entries, including sessions, are read from the database again; no one is logged out.',
      levels: [warning(100, 'more than a hundred a minute for a quarter of an hour: an assumption')],
    }),
  ];
}

function connections({ nodeType, clusterMode }: CacheConfig, common: Common, metric: NodeMetric): AlarmDefinition[] {
  const admitted = cacheMaxClients(nodeType);
  const ofNode = Math.floor(admitted * 0.8);
  const [threshold, why] =
    !clusterMode && cacheConnections.most < ofNode
      ? [
          cacheConnections.most,
          `from ${withThousands(cacheConnections.most)} connections a cluster is required ${cacheConnections.source}`,
        ]
      : [ofNode, `80% of the ${withThousands(admitted)} that ${nodeType} accepts: an assumption`];
  return alarms({
    ...common,
    rule: 'cache-connections',
    title: 'Connections of the cache',
    signal: metric('CurrConnections', 'Average', 'Count'),
    window: { periodSeconds: 60, datapoints: 10, of: 10 },
    diagnostic: true,
    harms: 'Many connections slow down the single thread; at the limit tasks work without the cache.',
    levels: [warning(threshold, why)],
  });
}

function lag(common: Common, metric: NodeMetric): AlarmDefinition[] {
  return alarms({
    ...common,
    rule: 'cache-replication-lag',
    title: 'Replication lag of the cache',
    signal: metric('ReplicationLag', 'Average', 'Seconds'),
    window: quarterHour,
    missing: 'notBreaching', // a primary has none
    harms:
      'A failover now would lose the latest writes, including invalidations and log-outs: those entries stay until they expire.',
    levels: [warning(10, 'replicas in the same region lag by less than a second: an assumption')],
  });
}

/** Reads a period under which a rate says nothing. An assumption. */
const readsThatCount = 1_000;

function hitRate(common: Common, metric: NodeMetric): AlarmDefinition[] {
  return alarms({
    ...common,
    rule: 'cache-hit-rate',
    title: 'Hit rate of the cache',
    signal: {
      expression: `IF(hits + misses >= ${readsThatCount}, 100 * hits / (hits + misses), 100)`,
      metrics: { hits: metric('CacheHits', 'Sum', 'Count'), misses: metric('CacheMisses', 'Sum', 'Count') },
      unit: 'Percent',
    },
    window: { periodSeconds: 300, datapoints: 12, of: 12 },
    operator: '<',
    missing: 'notBreaching',
    harms: 'The database answers what the cache should: slower pages, and a bigger database than needed.',
    levels: [
      warning(
        cacheHitRate.least,
        `${cacheHitRate.least}% ${cacheHitRate.source}, for an hour; evaluated from ${withThousands(readsThatCount)} reads in five minutes`,
      ),
    ],
  });
}

function fallbacks(config: StoreConfig): AlarmDefinition[] {
  if (!runsStoreApi(config.app)) return [];
  return alarms({
    rule: 'cache-fallback',
    part: 'cache',
    title: 'Reads without the cache',
    signal: customMetric(config.name, metrics.cacheFallbacks, 'Sum', 'Count'),
    missing: 'notBreaching',
    diagnostic: true, // a database that carries all reads shows it
    harms: 'The store is slower, and the database serves all reads.',
    levels: [warning(0, 'five minutes in a row: a failover of the cache takes less')],
  });
}
