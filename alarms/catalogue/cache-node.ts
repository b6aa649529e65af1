import { cacheCpuCredits, cacheMaxClients } from '../../lib/facts/cache-nodes';
import type { AlarmDefinition, Metric, ResourceName, Unit } from '../definition';
import { alarms, awsMetric, quarterHour, type Rule, warning } from './rule';
import { withThousands } from './units';

/** What the rule of a cache says of itself. */
export type OwnRule = Pick<Rule, 'rule' | 'part' | 'instance' | 'title' | 'harms'>;

export type NodeMetric = (name: string, statistic: string, unit: Unit) => Metric;

export function metricOfNode(node: ResourceName): NodeMetric {
  return (name, statistic, unit) => awsMetric('AWS/ElastiCache', name, statistic, unit, { CacheClusterId: { nameOf: node } });
}

/**
 * A node that spends less than it earns is recovering, or new: it starts with none. One that is slowed down spends just what it earns, so
 * nine tenths of that count as spending.
 */
export function credits(nodeType: string, own: OwnRule, metric: NodeMetric): AlarmDefinition[] {
  const burst = cacheCpuCredits(nodeType);
  if (burst === undefined) return [];
  const { earnedPerHour, most, vcpu } = burst;
  const threshold = most * 0.2;
  const minutes = Math.round((60 * threshold) / (60 * vcpu - earnedPerHour));
  return alarms({
    ...own,
    signal: {
      expression: `IF(spent >= ${(0.9 * earnedPerHour) / 12}, balance, ${most})`,
      metrics: { balance: metric('CPUCreditBalance', 'Minimum', 'Count'), spent: metric('CPUCreditUsage', 'Sum', 'Count') },
      unit: 'Count',
    },
    window: { periodSeconds: 300, datapoints: 3, of: 3 },
    operator: '<',
    levels: [
      warning(
        threshold,
        `a fifth of the ${most} that ${nodeType} keeps at the most: an assumption; at full speed they last ${minutes} minutes. A node that spends less than nine tenths of the ${earnedPerHour} an hour that it earns raises none`,
      ),
    ],
  });
}

export const connectionsWindow = { periodSeconds: 60, datapoints: 10, of: 10 } as const;

/** Near the most that a node of the type admits. */
export function admittedConnections(nodeType: string): readonly [threshold: number, why: string] {
  const admitted = cacheMaxClients(nodeType);
  return [Math.floor(admitted * 0.8), `80% of the ${withThousands(admitted)} that ${nodeType} accepts: an assumption`];
}

export function lag(own: OwnRule, metric: NodeMetric): AlarmDefinition[] {
  return alarms({
    ...own,
    signal: metric('ReplicationLag', 'Average', 'Seconds'),
    window: quarterHour,
    missing: 'notBreaching', // a primary has none
    levels: [warning(10, 'replicas in the same region lag by less than a second: an assumption')],
  });
}
