import type { JobsCacheConfig, StoreConfig } from '../../lib/config/store-config';
import type { AlarmDefinition } from '../definition';
import { cpu, memory } from '../thresholds';
import { admittedConnections, connectionsWindow, credits, lag, metricOfNode, type NodeMetric } from './cache-node';
import { alarms, critical, type Rule, warning } from './rule';

type Common = Pick<Rule, 'part' | 'instance'>;

/** Each node of the cache that holds jobs. It evicts nothing, so nothing is counted that it evicted: a full one refuses. */
export function jobsCacheAlarms({ jobsCache }: StoreConfig): AlarmDefinition[] {
  if (jobsCache === undefined) return [];
  const nodes = Array.from({ length: 1 + jobsCache.replicas }, (_, index) => index + 1);
  return nodes.flatMap((node) => nodeAlarms(jobsCache, node));
}

function nodeAlarms({ nodeType, replicas }: JobsCacheConfig, node: number): AlarmDefinition[] {
  const common = { part: 'jobs-cache', instance: String(node) } as const;
  const metric = metricOfNode(`jobs-cache-node-${node}`);
  return [
    ...fullNode(common, metric),
    ...busyNode(common, metric),
    ...credits(
      nodeType,
      {
        ...common,
        rule: 'jobs-cache-credits',
        title: 'CPU credits of the job cache',
        harms: 'Once they are spent AWS slows the node down to its baseline, and with it every program that adds or takes jobs.',
      },
      metric,
    ),
    ...connections(nodeType, common, metric),
    ...(replicas > 0
      ? lag(
          {
            ...common,
            rule: 'jobs-cache-replication-lag',
            title: 'Replication lag of the job cache',
            harms: 'A failover now would lose the latest jobs, and bring back some that have run.',
          },
          metric,
        )
      : []),
    ...swap(common, metric),
  ];
}

function fullNode(common: Common, metric: NodeMetric): AlarmDefinition[] {
  return alarms({
    ...common,
    rule: 'jobs-cache-memory',
    title: 'Memory of the job cache',
    signal: metric('DatabaseMemoryUsagePercentage', 'Average', 'Percent'),
    harms: 'A full job cache refuses writes: no job is added, and those that run cannot report their end.',
    levels: [
      warning(memory.warning, `${memory.warning}% ${memory.source}`),
      critical(memory.critical, `${memory.critical}% ${memory.source}; it evicts nothing, so all work stops at 100%`, 'page'),
    ],
  });
}

function busyNode(common: Common, metric: NodeMetric): AlarmDefinition[] {
  return alarms({
    ...common,
    rule: 'jobs-cache-cpu',
    title: 'CPU of the engine of the job cache',
    signal: metric('EngineCPUUtilization', 'Average', 'Percent'),
    harms: 'Jobs are added and taken slowly: all commands and scripts queue for the single thread.',
    levels: [
      warning(cpu.warning, `${cpu.warning}% for 5 minutes ${cpu.source}`),
      critical(cpu.critical, `${cpu.critical}% ${cpu.source}; AWS recommends the same`, 'ticket'),
    ],
  });
}

function connections(nodeType: string, common: Common, metric: NodeMetric): AlarmDefinition[] {
  return alarms({
    ...common,
    rule: 'jobs-cache-connections',
    title: 'Connections of the job cache',
    signal: metric('CurrConnections', 'Average', 'Count'),
    window: connectionsWindow,
    diagnostic: true,
    harms: 'Many connections slow down the single thread; at the limit programs can no longer connect.',
    levels: [warning(...admittedConnections(nodeType))],
  });
}

/** With memory to spare some swap is normal (AWS re:Post, elasticache-cluster-high-memory-usage, read 2026-11-30). */
function swap(common: Common, metric: NodeMetric): AlarmDefinition[] {
  return alarms({
    ...common,
    rule: 'jobs-cache-swap',
    title: 'Swap of the job cache',
    signal: {
      expression: 'IF(swapped > free, 1, 0)',
      metrics: { swapped: metric('SwapUsage', 'Average', 'Bytes'), free: metric('FreeableMemory', 'Average', 'Bytes') },
      unit: 'None',
    },
    diagnostic: true,
    harms: 'Jobs that the node has to fetch from its disk are slow.',
    levels: [warning(0, 'more is swapped out than memory is free: an assumption; some swap beside free memory is normal')],
  });
}
