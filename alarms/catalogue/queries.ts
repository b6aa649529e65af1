import { runsStoreApi, runsStoreWorker, type StoreConfig } from '../../lib/config/store-config';
import { metrics } from '../../services/contract';
import type { AlarmDefinition, Metric } from '../definition';
import { queryTime, slowQuery } from '../thresholds';
import { proxyMetric } from './proxy';
import { alarms, critical, customMetric, warning } from './rule';
import { microsecondsOf } from './units';

/**
 * How long queries take: by the proxy where there is one, else by the pools of the store's own programs, where one runs; and the slow ones from the log, whoever
 * asks.
 */
export function queryAlarms({ name, database, app }: StoreConfig): AlarmDefinition[] {
  return [
    ...(database.proxy
      ? meanTime(proxyMetric(name, 'QueryDatabaseResponseLatency', 'Average', 'Microseconds'), microsecondsOf)
      : []),
    ...(!database.proxy && (runsStoreApi(app) || runsStoreWorker(app))
      ? meanTime(customMetric(name, metrics.queryTime, 'Average', 'Milliseconds'), (ms) => ms)
      : []),
    ...alarms({
      rule: 'slow-queries',
      part: 'database',
      title: 'Slow queries a minute',
      signal: customMetric(name, metrics.slowQueries, 'Sum', 'Count'),
      window: { periodSeconds: 60, datapoints: 10, of: 15 },
      missing: 'notBreaching',
      harms: 'The request waits, and other requests queue behind it.',
      levels: [
        warning(10, `queries over ${slowQuery.most} ms are logged as slow ${slowQuery.source}; ten a minute are an assumption`),
      ],
    }),
  ];
}

function meanTime(signal: Metric, inUnit: (ms: number) => number): AlarmDefinition[] {
  return alarms({
    rule: 'query-time',
    part: 'database',
    title: 'Mean query time',
    signal,
    missing: 'notBreaching',
    harms: 'Pages wait for their queries.',
    levels: [
      warning(inUnit(queryTime.warning), `${queryTime.warning} ms ${queryTime.source}`),
      critical(inUnit(queryTime.critical), `${queryTime.critical} ms ${queryTime.source}`, 'composite'),
    ],
  });
}
