import type { excludedMetrics } from '../../../alarms/catalogue/excluded-metrics';

/**
 * Metrics that AWS recommends and that only diagnostic alarms of the catalogue watch: sizes without `alarms.diagnostics` lack them.
 * A test compares the list with the catalogue.
 */
export const diagnostics: typeof excludedMetrics = [
  {
    namespace: 'AWS/RDS',
    metrics: ['EBSByteBalance%', 'EBSIOBalance%', 'ReadLatency', 'WriteLatency', 'DBLoad'],
    reason:
      'Diagnostic, off in this size: alarms on slow queries and the database’s CPU show the problem; this metric explains it.',
  },
  {
    namespace: 'AWS/ElastiCache',
    metrics: ['CPUUtilization', 'CurrConnections'],
    reason: 'Diagnostic, off in this size: alarms on the engine’s CPU and the cache’s memory show the problem.',
  },
];
