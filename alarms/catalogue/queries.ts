import { physicalNames } from '../../lib/config/physical-names';
import type { StoreConfig } from '../../lib/config/store-config';
import { metrics } from '../../services/contract';
import type { AlarmDefinition, Metric } from '../definition';
import { queryTime, slowQuery } from '../thresholds';
import { customMetric } from './custom-metric';
import { alarms, critical, warning } from './rule';
import { microsecondsOf } from './units';

/** How long queries take: by the proxy where there is one, else by the services' own pools; and the slow ones from the log. */
export function queryAlarms(config: StoreConfig): AlarmDefinition[] {
  return [
    ...alarms({
      rule: 'query-time',
      part: 'database',
      title: 'Mean query time',
      ...(config.database.proxy ? ofProxy(config) : ofPool(config)),
      operator: '>',
      missing: 'notBreaching',
      harms: 'Pages wait for their queries.',
    }),
    ...alarms({
      rule: 'slow-queries',
      part: 'database',
      title: 'Slow queries a minute',
      signal: customMetric(config.name, metrics.slowQueries, 'Sum', 'Count'),
      window: { periodSeconds: 60, datapoints: 10, of: 15 },
      operator: '>',
      missing: 'notBreaching',
      harms: 'The request waits, and other requests queue behind it.',
      levels: [
        warning(10, `queries over ${slowQuery.most} ms are logged as slow ${slowQuery.source}; ten a minute are an assumption`),
      ],
    }),
  ];
}

function ofPool(config: StoreConfig) {
  return {
    signal: customMetric(config.name, metrics.queryTime, 'Average', 'Milliseconds'),
    levels: levels((ms) => ms),
  };
}

/** RDS Proxy measures in microseconds. */
function ofProxy({ name }: StoreConfig) {
  const signal: Metric = {
    namespace: 'AWS/RDS',
    name: 'QueryDatabaseResponseLatency',
    dimensions: { ProxyName: physicalNames(name).databaseProxy },
    statistic: 'Average',
    unit: 'Microseconds',
  };
  return { signal, levels: levels(microsecondsOf) };
}

function levels(inUnit: (ms: number) => number) {
  return [
    warning(inUnit(queryTime.warning), `${queryTime.warning} ms ${queryTime.source}`),
    critical(inUnit(queryTime.critical), `${queryTime.critical} ms ${queryTime.source}`, 'composite'),
  ];
}
