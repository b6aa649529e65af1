import { physicalNames } from '../../lib/config/physical-names';
import type { StoreConfig } from '../../lib/config/store-config';
import { limits } from '../../lib/facts/limits';
import type { AlarmDefinition, Metric, Unit } from '../definition';
import { queryTime } from '../thresholds';
import { classOf } from './database-instance';
import { alarms, awsMetric, quarterHour, warning } from './rule';
import { microsecondsOf, withThousands } from './units';

/** One of RDS Proxy's own. */
export function proxyMetric(store: string, name: string, statistic: string, unit: Unit): Metric {
  return awsMetric('AWS/RDS', name, statistic, unit, { ProxyName: physicalNames(store).databaseProxy });
}

/** RDS Proxy: whether requests wait for a connection. */
export function proxyAlarms({ name, database }: StoreConfig): AlarmDefinition[] {
  if (!database.proxy) return [];
  const common = { part: 'proxy', missing: 'notBreaching' } as const;
  const share = limits.rdsProxyConnectionsPercent.chosen;
  const admitted = Math.floor((classOf(database.instanceClass).maxConnections * share) / 100);
  return [
    ...alarms({
      ...common,
      rule: 'proxy-borrow-latency',
      title: 'Wait for a connection of the proxy',
      signal: proxyMetric(name, 'DatabaseConnectionsBorrowLatency', 'Average', 'Microseconds'),
      harms: 'Requests wait for a connection before their first query begins.',
      levels: [
        warning(
          microsecondsOf(queryTime.warning),
          `as long as a whole query may take, ${queryTime.warning} ms ${queryTime.source}: an assumption`,
        ),
      ],
    }),
    ...alarms({
      ...common,
      rule: 'proxy-connections',
      title: 'Connections of the proxy',
      signal: proxyMetric(name, 'DatabaseConnections', 'Sum', 'Count'),
      harms: 'When the proxy has used up its share of the connections, requests wait.',
      levels: [
        warning(
          Math.floor(admitted * 0.8),
          `80% of the about ${withThousands(admitted)} that the proxy may open, ${share}% of the class's: an assumption`,
        ),
      ],
    }),
    ...alarms({
      ...common,
      rule: 'proxy-pinned-sessions',
      title: 'Pinned sessions of the proxy',
      signal: proxyMetric(name, 'DatabaseConnectionsCurrentlySessionPinned', 'Sum', 'Count'),
      window: quarterHour,
      diagnostic: true,
      harms: 'Pinned connections cannot serve other sessions; in a drop they are missing.',
      levels: [
        warning(
          Math.floor(admitted * 0.2),
          'a fifth of what the proxy may open: an assumption; the services are written to pin none',
        ),
      ],
    }),
  ];
}
