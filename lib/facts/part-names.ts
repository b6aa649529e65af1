/**
 * The parts of a store: as the tag `part` names them (lib/tags.ts takes it from the construct), and what has no construct of its own.
 * Costs, alarms, changes and the picture of the store use these names.
 */
export const partNames = [
  'store',
  'cdn',
  'firewall',
  'load-balancer',
  'api',
  'worker',
  'site',
  'proxy',
  'database',
  'replicas',
  'cache',
  'jobs-cache',
  'queues',
  'files',
  'network',
  'cluster',
  'image',
  'functions',
  'logs',
  'key',
  'access-logs',
  'alarms',
  'alerts',
  'dashboards',
  'assessor',
  'backups',
  'budget',
  'cost-anomalies',
  'other',
] as const;

export type PartName = (typeof partNames)[number];
