import { type CacheConfig, runsStoreApi, type StoreConfig } from '../../lib/config/store-config';
import { metrics } from '../../services/contract';
import type { AlarmDefinition } from '../definition';
import { cacheConnections, cacheHitRate, cpu, memory } from '../thresholds';
import { admittedConnections, connectionsWindow, credits, lag, metricOfNode, type NodeMetric } from './cache-node';
import { alarms, critical, customMetric, quarterHour, type Rule, warning } from './rule';
import { withThousands } from './units';

/** Each node of the cache, and what the services did without it. */
export function cacheAlarms(config: StoreConfig): AlarmDefinition[] {
  const { shards, replicasPerShard } = config.cache;
  const nodes = Array.from({ length: shards * (1 + replicasPerShard) }, (_, index) => index + 1);
  return [...nodes.flatMap((node) => nodeAlarms(config.cache, node)), ...fallbacks(config)];
}

function nodeAlarms(cache: CacheConfig, node: number): AlarmDefinition[] {
  const common = { part: 'cache', instance: String(node) } as const;
  const metric = metricOfNode(`cache-node-${node}`);
  return [
    ...busyNode(common, metric),
    ...credits(
      cache.nodeType,
      {
        ...common,
        rule: 'cache-credits',
        title: 'CPU credits of the cache',
        harms: 'Once they are spent AWS slows the node down to its baseline, and cached pages with it.',
      },
      metric,
    ),
    ...fullNode(common, metric),
    ...connections(cache, common, metric),
    ...(cache.replicasPerShard > 0
      ? lag(
          {
            ...common,
            rule: 'cache-replication-lag',
            title: 'Replication lag of the cache',
            harms:
              'A failover now would lose the latest writes, including invalidations and log-outs: those entries stay until they expire.',
          },
          metric,
        )
      : []),
    ...hitRate(common, metric),
  ];
}

type Common = Pick<Rule, 'part' | 'instance'>;

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

function connections({ nodeType, mode }: CacheConfig, common: Common, metric: NodeMetric): AlarmDefinition[] {
  const ofNode = admittedConnections(nodeType);
  const [threshold, why] =
    mode === 'single' && cacheConnections.most < ofNode[0]
      ? [
          cacheConnections.most,
          `from ${withThousands(cacheConnections.most)} connections a cluster is required ${cacheConnections.source}`,
        ]
      : ofNode;
  return alarms({
    ...common,
    rule: 'cache-connections',
    title: 'Connections of the cache',
    signal: metric('CurrConnections', 'Average', 'Count'),
    window: connectionsWindow,
    diagnostic: true,
    harms: 'Many connections slow down the single thread; at the limit tasks work without the cache.',
    levels: [warning(threshold, why)],
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
