import type { StoreConfig } from '../../lib/config/store-config';
import { metrics, passwordDays } from '../../services/contract';
import type { AlarmDefinition, NoticeDefinition } from '../definition';
import { replicaLag } from '../thresholds';
import { common, type Instance, metric, primary, replica } from './database-instance';
import { bursts, connections, cpuOf, load, memory } from './database-load';
import { latency, storage, transactionIds } from './database-storage';
import { alarms, customMetric, warning } from './rule';

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
    ...(config.database.login === 'password' ? passwordAge(config) : []),
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
    levels: [warning(replicaLag.most, 'AWS recommends 60 s for ten minutes')],
  });
}

/** Nights on which a rotation may fail before somebody is told: it tries again each night, and every start of a task tells the age too. */
const nightsThatMayFail = 7;

function passwordAge({ name }: StoreConfig): AlarmDefinition[] {
  return alarms({
    rule: 'database-password-age',
    part: 'database',
    title: 'Age of the database passwords',
    signal: customMetric(name, metrics.passwordAge, 'Maximum', 'Days'),
    window: { periodSeconds: 86_400, datapoints: 1, of: 1 },
    harms: 'No impact on customers: the old passwords work; they are not rotated.',
    levels: [
      warning(
        passwordDays + nightsThatMayFail,
        `rotated after ${passwordDays} days; ${nightsThatMayFail} nights of trying again are an assumption`,
      ),
    ],
  });
}
