import type { StoreConfig } from '../../lib/config/store-config';
import type { AlarmDefinition, NoticeDefinition } from '../definition';
import { common, type Instance, metric, primary, replica } from './database-instance';
import { bursts, connections, cpuOf, load, memory } from './database-load';
import { latency, storage, transactionIds } from './database-storage';
import { alarms, warning } from './rule';

/** The primary of PostgreSQL. Its limits follow from its class and its storage. */
export function databaseAlarms(config: StoreConfig): AlarmDefinition[] {
  const instance = primary(config);
  return [
    ...cpuOf(instance),
    ...load(instance),
    ...bursts(instance),
    ...connections(instance),
    ...memory(instance),
    ...storage(instance, config.database.storageGb),
    ...latency(instance),
    ...transactionIds(instance),
  ];
}

/** Each read replica, with what may differ from the primary. */
export function replicaAlarms(config: StoreConfig): AlarmDefinition[] {
  const replicas = Array.from({ length: config.database.readReplicas }, (_, index) => replica(config, index + 1));
  return replicas.flatMap((instance) => [lag, cpuOf, connections, memory].flatMap((alarmsOf) => alarmsOf(instance)));
}

export const databaseNotices: readonly NoticeDefinition[] = [
  {
    id: 'database-events',
    part: 'database',
    title: 'Failover, failure or maintenance of the database',
    source: {
      kind: 'database-events',
      categories: ['availability', 'failover', 'failure', 'low storage', 'maintenance', 'read replica', 'recovery'],
    },
    notifies: 'ticket',
    harms: 'Writes were refused for a minute or two, or will be in the maintenance window.',
    why: 'RDS reports it by itself; alarms on errors and response time show the effect on customers',
  },
];

function lag(instance: Instance): AlarmDefinition[] {
  return alarms({
    ...common(instance, 'lag'),
    title: 'Replica lag',
    signal: metric(instance, 'ReplicaLag', 'Maximum', 'Seconds'),
    window: { periodSeconds: 60, datapoints: 10, of: 10 },
    harms: 'Customers see old stock and prices, or the primary serves their reads.',
    levels: [warning(60, 'AWS recommends 60 s for ten minutes')],
  });
}
