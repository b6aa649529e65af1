import { physicalNames } from '../../lib/config/physical-names';
import type { StoreConfig } from '../../lib/config/store-config';
import { databaseClass } from '../../lib/facts/database-classes';
import type { AlarmDefinition, Metric, NoticeDefinition, Part, Unit, Window } from '../definition';
import { cpu } from '../thresholds';
import { alarms, critical, quarterHour, type Rule, warning } from './rule';
import { bytesOfGiB, inWords } from './units';

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
      categories: ['availability', 'failover', 'failure', 'low storage', 'maintenance', 'recovery'],
    },
    notifies: 'ticket',
    harms: 'Writes were refused for a minute or two, or will be in the maintenance window.',
    why: 'RDS tells it by itself; what customers felt of it rings by errors and response time',
  },
];

interface Instance {
  readonly part: Part;
  /** Prefix of its rules. */
  readonly kind: 'database' | 'replica';
  readonly name: string;
  readonly number?: string;
  readonly identifier: string;
  readonly className: string;
}

function primary({ name, database }: StoreConfig): Instance {
  const identifier = physicalNames(name).databaseInstance;
  return { part: 'database', kind: 'database', name: 'Database', identifier, className: database.instanceClass };
}

function replica({ name, database }: StoreConfig, number: number): Instance {
  const identifier = physicalNames(name).databaseReplica(number);
  return {
    part: 'replicas',
    kind: 'replica',
    name: 'Replica',
    number: String(number),
    identifier,
    className: database.instanceClass,
  };
}

function common({ kind, part, number }: Instance, what: string): Pick<Rule, 'rule' | 'part' | 'instance'> {
  return { rule: `${kind}-${what}`, part, ...(number !== undefined && { instance: number }) };
}

function metric({ identifier }: Instance, name: string, statistic: string, unit: Unit): Metric {
  return { namespace: 'AWS/RDS', name, dimensions: { DBInstanceIdentifier: identifier }, statistic, unit };
}

function cpuOf(instance: Instance): AlarmDefinition[] {
  const { kind, name } = instance;
  return alarms({
    ...common(instance, 'cpu'),
    title: `${name} CPU`,
    signal: metric(instance, 'CPUUtilization', 'Average', 'Percent'),
    operator: '>',
    harms: 'Queries queue, and every page with them.',
    levels: [
      warning(cpu.warning, `${cpu.warning}% for 5 minutes ${cpu.source}; the next class above it [2]`),
      critical(
        cpu.critical,
        `${cpu.critical}% ${cpu.source}; AWS recommends the same`,
        kind === 'database' ? 'composite' : 'ticket',
      ),
    ],
  });
}

/** Database Insights tells it of the primary alone. */
function load(instance: Instance): AlarmDefinition[] {
  const { vcpu } = classOf(instance.className);
  return alarms({
    ...common(instance, 'load'),
    title: 'Database load',
    signal: metric(instance, 'DBLoad', 'Average', 'None'),
    window: quarterHour,
    operator: '>',
    diagnostic: true,
    harms: 'Sessions wait for each other or for a CPU.',
    levels: [warning(vcpu, `${vcpu} vCPU of ${instance.className}: above it sessions wait for a CPU`)],
  });
}

/** A quarter of an hour of what RDS publishes every five minutes. */
const everyFiveMinutes: Window = { periodSeconds: 300, datapoints: 3, of: 3 };

/** What a burstable class saves in quiet hours and spends in busy ones. */
function bursts(instance: Instance): AlarmDefinition[] {
  const { className, name } = instance;
  const { cpuCredits, diskBursts } = classOf(className);
  const credits =
    cpuCredits === undefined
      ? []
      : alarms({
          ...common(instance, 'credits'),
          title: `${name} CPU credits`,
          signal: metric(instance, 'CPUCreditBalance', 'Minimum', 'Count'),
          window: everyFiveMinutes,
          operator: '<',
          harms: 'Nobody yet; once they are spent, AWS bills every minute above the baseline.',
          levels: [warning(cpuCredits * 0.2, `a fifth of the ${cpuCredits} that ${className} saves: an assumption`)],
        });
  if (!diskBursts) return credits;
  const balance = (what: string, title: string, metricName: string) =>
    alarms({
      ...common(instance, what),
      title,
      signal: metric(instance, metricName, 'Average', 'Percent'),
      window: everyFiveMinutes,
      operator: '<',
      diagnostic: true,
      harms: 'Queries that read or write much slow down to the baseline of the class.',
      levels: [warning(10, 'AWS recommends 10%')],
    });
  return [
    ...credits,
    ...balance('disk-throughput', `${name} disk bandwidth left to burst`, 'EBSByteBalance%'),
    ...balance('disk-operations', `${name} disk operations left to burst`, 'EBSIOBalance%'),
  ];
}

function connections(instance: Instance): AlarmDefinition[] {
  const { className, kind, name } = instance;
  const { maxConnections } = classOf(className);
  return alarms({
    ...common(instance, 'connections'),
    title: `${name} connections`,
    signal: metric(instance, 'DatabaseConnections', 'Average', 'Count'),
    operator: '>',
    harms: 'At the limit every new connection is refused, and requests fail.',
    levels: [
      warning(
        Math.floor(maxConnections * 0.8),
        `80% of the about ${inWords(maxConnections)} that ${className} admits [1], [2]; the share is an assumption`,
      ),
      critical(
        Math.floor(maxConnections * 0.9),
        `90% of the about ${inWords(maxConnections)} that ${className} admits`,
        kind === 'database' ? 'composite' : 'ticket',
      ),
    ],
  });
}

function memory(instance: Instance): AlarmDefinition[] {
  const { className, name } = instance;
  const { memoryGiB } = classOf(className);
  const share = (percent: number) => Math.round(bytesOfGiB(memoryGiB) * (percent / 100));
  return alarms({
    ...common(instance, 'memory'),
    title: `${name} memory left`,
    signal: metric(instance, 'FreeableMemory', 'Average', 'Bytes'),
    window: quarterHour,
    operator: '<',
    harms: 'Without room for its cache PostgreSQL reads from disk; without any it restarts.',
    levels: [
      warning(share(25), `a quarter of the ${memoryGiB} GiB of ${className}, as AWS advises`),
      critical(share(10), `90% used [2], [3]`, 'ticket'),
    ],
  });
}

function storage(instance: Instance, allocatedGb: number): AlarmDefinition[] {
  const free = (statistic: string) => metric(instance, 'FreeStorageSpace', statistic, 'Bytes');
  return [
    ...alarms({
      ...common(instance, 'storage'),
      title: 'Database storage left',
      signal: free('Minimum'),
      operator: '<',
      harms: 'With none left the database stops: no orders until it has grown.',
      levels: [
        critical(
          Math.round(bytesOfGiB(allocatedGb) * 0.1),
          `10% of ${allocatedGb} GB; growing takes minutes, but is locked for six hours after`,
          'page',
        ),
      ],
    }),
    ...alarms({
      ...common(instance, 'storage-days'),
      title: 'Days until the database is full',
      signal: {
        expression: 'IF(DIFF(free) < 0, -1 * free / DIFF(free), 3650)',
        metrics: { free: free('Average') },
        unit: 'Days',
      },
      window: { periodSeconds: 86_400, datapoints: 3, of: 3 },
      operator: '<',
      missing: 'notBreaching',
      harms: 'Nobody for weeks; a full database takes no orders.',
      levels: [warning(30, 'a month to plan in; three days in a row, so that one import does not decide: assumptions')],
    }),
  ];
}

function latency(instance: Instance): AlarmDefinition[] {
  const of = (what: 'read' | 'write', name: string) =>
    alarms({
      ...common(instance, `${what}-latency`),
      title: `Database ${what} latency`,
      signal: metric(instance, name, 'p90', 'Seconds'),
      operator: '>',
      diagnostic: true,
      harms: `Every query that ${what}s waits for the disk.`,
      levels: [warning(0.02, 'gp3 answers within milliseconds; 20 ms means that it is held back: an assumption')],
    });
  return [...of('read', 'ReadLatency'), ...of('write', 'WriteLatency')];
}

function transactionIds(instance: Instance): AlarmDefinition[] {
  return alarms({
    ...common(instance, 'transaction-ids'),
    title: 'Age of the oldest transaction ID',
    signal: metric(instance, 'MaximumUsedTransactionIDs', 'Average', 'Count'),
    window: { periodSeconds: 60, datapoints: 1, of: 1 },
    operator: '>',
    harms: 'At two billion PostgreSQL refuses every write until it is vacuumed, which takes hours.',
    levels: [critical(1_000_000_000, 'AWS recommends a billion: half of what there is', 'ticket')],
  });
}

function lag(instance: Instance): AlarmDefinition[] {
  return alarms({
    ...common(instance, 'lag'),
    title: 'Replica lag',
    signal: metric(instance, 'ReplicaLag', 'Maximum', 'Seconds'),
    window: { periodSeconds: 60, datapoints: 10, of: 10 },
    operator: '>',
    harms: 'Customers see old stock and prices, or the primary carries their reads.',
    levels: [warning(60, 'AWS recommends 60 s for ten minutes')],
  });
}

function classOf(name: string): NonNullable<ReturnType<typeof databaseClass>> {
  const known = databaseClass(name);
  if (!known) throw new Error(`${name} is in lib/config's list of classes and not in lib/facts`);
  return known;
}
