/**
 * Metrics that AWS recommends and that only diagnostic alarms of the catalogue watch: a size that saves on alarms does without them
 * (`alarms.diagnostics`). A test compares the list with the catalogue.
 */
export const diagnostics: readonly {
  readonly namespace: string;
  readonly metrics: readonly string[];
  readonly reason: string;
}[] = [
  {
    namespace: 'AWS/RDS',
    metrics: ['EBSByteBalance%', 'EBSIOBalance%', 'ReadLatency', 'WriteLatency', 'DBLoad'],
    reason: 'A diagnostic, off in this size: slow queries and the database’s CPU tell that something is wrong, this says why.',
  },
  {
    namespace: 'AWS/ElastiCache',
    metrics: ['CPUUtilization', 'CurrConnections'],
    reason: 'A diagnostic, off in this size: the engine’s CPU and the memory of the cache tell that something is wrong.',
  },
];
