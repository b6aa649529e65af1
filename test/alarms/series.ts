import type { ServiceName, Severity } from '../../alarms/definition';
import type { ServiceConfig, SiteConfig, StoreConfig } from '../../lib/config/store-config';
import { tierNames } from '../../lib/tiers/tier';
import { type QueueName, queueNames, queues } from '../../services/contract';
import { storeConfig } from '../support/stores';
import type { Course, Happening } from './evaluator/happening';

/** What raises an alarm and what must not. */
interface LevelSeries {
  readonly rings: readonly Happening[];
  readonly silent: readonly Happening[];
}

interface RuleSeries {
  /** A usual minute: raises nothing. */
  readonly usual: Course;
  /** No data at all is a reason to ring. @default false: it raises nothing */
  readonly ringsWithoutData?: boolean;
  /** Raises neither level. */
  readonly silent?: readonly Happening[];
  readonly levels: Readonly<Partial<Record<Severity, LevelSeries>>>;
}

type AllSeries = Readonly<Record<string, RuleSeries>>;

/** Stores that have every alarm between them. */
export const watchedStores: readonly (readonly [string, StoreConfig])[] = [
  ...tierNames.map((tier) => [tier, storeConfig(tier)] as const),
  ['small with diagnostics', storeConfig('small', { alarms: { diagnostics: true } })],
  ['small with a job cache', storeConfig('small', { jobsCache: { replicas: 1 }, alarms: { diagnostics: true } })],
  ['medium with a domain', storeConfig('medium', { domain: domainIn('us-east-1') })],
  ['medium with a site that is rendered', storeConfig('medium', { app: { site: { image: 'ghcr.io/acme/site:1.0.0' } } })],
  ['medium in Ireland with a domain', storeConfig('medium', { region: 'eu-west-1', domain: domainIn('eu-west-1') })],
];

function certificateIn(region: string): string {
  return `arn:aws:acm:${region}:111122223333:certificate/12345678-1234-1234-1234-123456789012`;
}

function domainIn(region: string) {
  return {
    name: 'shop.example.com',
    hostedZoneId: 'Z0123456789',
    hostedZoneName: 'example.com',
    cdnCertificateArn: certificateIn('us-east-1'),
    regionalCertificateArn: certificateIn(region),
  };
}

/**
 * By rule, or `<rule>-<instance>`. Thresholds are read from the documents and from AWS and computed from the size's numbers, in the
 * units that AWS publishes; none comes from the catalogue. Where the threshold itself is an assumption, what rings is well above it.
 */
export function series(config: StoreConfig): AllSeries {
  return {
    ...loadBalancer(config),
    ...service('api', config.api),
    ...service('worker', config.worker),
    ...(config.app.site && site(config, config.app.site)),
    ...ownMetrics,
    ...database(config),
    ...replica(config),
    ...proxy(config),
    ...cache(config),
    ...jobsCache(config),
    ...queueing(config),
    ...edge,
    ...watchers,
  };
}

const during = (minutes: number, what: string, course: Course): Happening => ({
  minutes,
  what: `${what}, ${minutes} min`,
  course,
});

/** One metric: rings after so many minutes of `over`, not by as many of `under`, nor by a short spell of `over`. */
function level(metric: string, minutes: number, over: readonly number[], under: readonly number[], spell: number): LevelSeries {
  const of = (samples: readonly number[], time: number) => during(time, `${metric} ${samples.join(', ')}`, { [metric]: samples });
  return { rings: [of(over, minutes)], silent: [of(under, 2 * minutes), ...(spell > 0 ? [of(over, spell)] : [])] };
}

/** For "five minutes" [right-sizing]. */
const fiveMinutes = (metric: string, over: readonly number[], under: readonly number[]) => level(metric, 5, over, under, 4);

/** 20 answers, of which 19 are done within `seconds`. */
const p95of = (seconds: number): readonly number[] => [...Array.from({ length: 18 }, () => 0.05), seconds, 8];
/** 100 answers, of which 99 are done within `seconds`. */
const p99of = (seconds: number): readonly number[] => [...Array.from({ length: 98 }, () => 0.05), seconds, 30];

/** Each of the load balancer's nodes publishes: two samples a minute. */
function loadBalancer({ api }: StoreConfig): AllSeries {
  const usual = { TargetResponseTime: p95of(0.12), RequestCount: [150, 150], HTTPCode_Target_5XX_Count: [] };
  const carried = api.maxTasks * api.requestsPerMinutePerTask;
  const night = { RequestCount: [3] };
  return {
    // 200 and 500 ms at the 95th percentile [right-sizing], [scalability-report]; AWS publishes seconds
    'response-time': {
      usual,
      silent: [during(60, 'a quiet night: one of three requests takes 3 s', { ...night, TargetResponseTime: [0.1, 0.1, 3] })],
      levels: {
        Warning: fiveMinutes('TargetResponseTime', p95of(0.21), p95of(0.19)),
        Critical: fiveMinutes('TargetResponseTime', p95of(0.51), p95of(0.49)),
      },
    },
    // 2 s is the ceiling [right-sizing]
    'response-time-ceiling': {
      usual,
      silent: [
        during(120, 'a night with a slow request every third minute', (minute) => ({
          TargetResponseTime: minute % 3 ? [] : [3],
        })),
      ],
      levels: { Critical: level('TargetResponseTime', 15, p95of(2.1), p95of(1.9), 5) },
    },
    'response-time-p99': {
      usual: { TargetResponseTime: p99of(0.4) },
      silent: [
        during(1, 'a lone slow request', { TargetResponseTime: [5] }),
        during(120, 'a night with a slow request every third minute', (minute) => ({
          TargetResponseTime: minute % 3 ? [] : [3],
        })),
      ],
      levels: { Warning: level('TargetResponseTime', 15, p99of(2.1), p99of(1.9), 5) },
    },
    // 1 and 5% [right-sizing], [scalability-report]
    'error-rate': {
      usual,
      silent: [during(60, 'a quiet night: one of three requests fails', { ...night, HTTPCode_Target_5XX_Count: [1] })],
      levels: {
        Warning: fiveMinutes('HTTPCode_Target_5XX_Count', [2, 2], [1, 2]), // of 300
        Critical: fiveMinutes('HTTPCode_Target_5XX_Count', [8, 8], [7, 8]),
      },
    },
    'balancer-errors': {
      usual: { ...usual, HTTPCode_ELB_5XX_Count: [] },
      silent: [during(60, 'a quiet night: one of three requests fails', { ...night, HTTPCode_ELB_5XX_Count: [1] })],
      levels: {
        Critical: {
          rings: [
            during(5, '16 of 300 requests fail', { HTTPCode_ELB_5XX_Count: [8, 8] }),
            // ELB user guide: RequestCount counts only requests for which a target was chosen
            during(5, 'no request finds a target: 300 fail, none is counted', {
              HTTPCode_ELB_5XX_Count: [300],
              RequestCount: [],
            }),
          ],
          silent: [during(10, '15 of 300 requests fail', { HTTPCode_ELB_5XX_Count: [7, 8] })],
        },
      },
    },
    'most-requests-fail': {
      usual: { RequestCount: [3], HTTPCode_Target_5XX_Count: [] }, // 15 in five minutes
      silent: [
        during(60, 'a third of the night fails', { HTTPCode_Target_5XX_Count: [1] }),
        during(60, 'one request in five minutes, and it fails', (minute) => ({
          RequestCount: minute % 5 ? [] : [1],
          HTTPCode_Target_5XX_Count: minute % 5 ? [] : [1],
        })),
      ],
      levels: {
        Critical: {
          rings: [during(15, 'two of three requests fail', { HTTPCode_Target_5XX_Count: [2] })],
          silent: [during(5, 'two of three requests fail, for five minutes', { HTTPCode_Target_5XX_Count: [2] })],
        },
      },
    },
    'client-errors': {
      usual: { ...usual, HTTPCode_Target_4XX_Count: [4, 5] },
      silent: [during(60, 'a quiet night: two of three are refused', { ...night, HTTPCode_Target_4XX_Count: [2] })],
      levels: { Warning: level('HTTPCode_Target_4XX_Count', 20, [60, 60], [15, 15], 5) }, // 40 and 10% of 300
    },
    'unhealthy-hosts': {
      usual: { UnHealthyHostCount: [0, 0] },
      levels: { Warning: level('UnHealthyHostCount', 15, [0, 1], [0, 0], 5) },
    },
    'no-healthy-host': {
      usual: { HealthyHostCount: [2, 2] },
      ringsWithoutData: true,
      levels: {
        Critical: {
          rings: [
            during(3, 'no healthy task', { HealthyHostCount: [0, 0] }),
            during(6, 'no task registered', { HealthyHostCount: [] }),
          ],
          silent: [
            during(1, 'one bad minute', { HealthyHostCount: [0, 0] }),
            during(1, 'one minute without data', { HealthyHostCount: [] }),
            during(30, 'one task left, in the zone of one node', { HealthyHostCount: [0, 1] }),
          ],
        },
      },
    },
    'rejected-connections': {
      usual: { RejectedConnectionCount: [] },
      levels: {
        Critical: {
          rings: [during(5, 'five a minute', { RejectedConnectionCount: [5] })],
          silent: [during(1, 'five once', { RejectedConnectionCount: [5] })],
        },
      },
    },
    // 500/s are the medium size's [scalability-report]: six tasks of 5,000 a minute
    'request-rate': {
      usual,
      levels: { Warning: fiveMinutes('RequestCount', [carried * 0.51, carried * 0.5], [carried * 0.5, carried * 0.49]) },
    },
  };
}

const tasks = (count: number, value = 40): readonly number[] => Array.from({ length: count }, () => value);
const average = (value: number): readonly number[] => [value - 5, value + 5];

/** 70 and 90% of CPU, 80 and 90% of memory [right-sizing], [scalability-report]; each running task publishes one sample a minute. */
/** Pages are watched as the API is. */
function site(config: StoreConfig, tasksOfSite: SiteConfig): AllSeries {
  const ofApi = loadBalancer(config);
  const alike = ['response-time', 'error-rate', 'no-healthy-host'].map((rule) => [`site-${rule}`, ofApi[rule]]);
  return { ...service('site', tasksOfSite), ...(Object.fromEntries(alike) as AllSeries) };
}

function service(name: ServiceName, { minTasks, maxTasks }: Pick<ServiceConfig, 'minTasks' | 'maxTasks'>): AllSeries {
  const running = (count: number): Course => ({ CPUUtilization: tasks(count) });
  return {
    [`${name}-cpu`]: {
      usual: { CPUUtilization: average(40) },
      levels: {
        Warning: fiveMinutes('CPUUtilization', average(71), average(69)),
        ...(name !== 'worker' && { Critical: fiveMinutes('CPUUtilization', average(91), average(89)) }), // the worker's queues tell
      },
    },
    [`${name}-memory`]: {
      usual: { MemoryUtilization: average(60) },
      levels: {
        Warning: fiveMinutes('MemoryUtilization', average(81), average(79)),
        Critical: fiveMinutes('MemoryUtilization', average(91), average(89)),
      },
    },
    [`${name}-tasks-missing`]: {
      usual: running(minTasks),
      ringsWithoutData: true,
      levels: {
        Critical: {
          rings: [during(8, 'one task too few', running(minTasks - 1)), during(8, 'no task', running(0))],
          silent: [
            during(3, 'one task too few', running(minTasks - 1)),
            during(30, 'twice the tasks', running(2 * minTasks)),
            during(30, 'tasks that do nothing', { CPUUtilization: tasks(minTasks, 0) }),
          ],
        },
      },
    },
    [`${name}-at-maximum`]: {
      usual: running(minTasks),
      levels: {
        Warning: {
          rings: [during(40, 'all tasks', running(maxTasks))],
          silent: [during(60, 'one below', running(maxTasks - 1)), during(15, 'all tasks', running(maxTasks))],
        },
      },
    },
  };
}

/** What the services and the log publish: nothing where nothing happens. */
const ownMetrics: AllSeries = {
  // 100 and 500 ms [project-files], [scalability-report]; the proxy publishes microseconds
  'query-time': {
    usual: { QueryTime: [20, 30], QueryDatabaseResponseLatency: [20_000, 30_000] },
    levels: { Warning: queriesOf(101, 99), Critical: queriesOf(501, 499) },
  },
  // over 1 s a query is logged [project-files], [scalability-report]
  'slow-queries': {
    usual: { SlowQueries: [] },
    silent: [during(120, 'one a minute', { SlowQueries: [1] })],
    levels: {
      Warning: level('SlowQueries', 20, [20, 20], [1, 1], 5),
    },
  },
  'payments-failed': never('PaymentsFailed'),
  'orders-oversold': never('OrdersOversold'),
  'refunds-failed': never('RefundsFailed'),
  'disputes-opened': never('DisputesOpened'),
  'cache-fallback': {
    usual: { CacheFallbacks: [] },
    levels: { Warning: level('CacheFallbacks', 10, [1, 1, 1], [0], 2) },
  },
};

function mean(ms: number): Course {
  return { QueryTime: [ms - 50, ms + 50], QueryDatabaseResponseLatency: [(ms - 50) * 1_000, (ms + 50) * 1_000] };
}

function queriesOf(over: number, under: number): LevelSeries {
  return {
    rings: [during(5, `${over} ms`, mean(over))],
    silent: [during(30, `${under} ms`, mean(under)), during(4, `${over} ms`, mean(over))],
  };
}

/** Must be zero: a single one rings. */
function never(metric: string): RuleSeries {
  return {
    usual: { [metric]: [] },
    levels: {
      Critical: {
        rings: [during(1, 'a single one', { [metric]: [1] })],
        silent: [during(30, 'zeros', { [metric]: [0] })],
      },
    },
  };
}

/**
 * vCPU, GiB and the most CPU credits of the sizes' classes: RDS user guide, Concepts.DBInstanceClass; credits: EC2 user guide, burstable
 * performance. db.m8g and db.r8g as the sizes state them.
 */
const classes: Readonly<Record<string, { vcpu: number; gib: number; credits: number }>> = {
  'db.t4g.micro': { vcpu: 2, gib: 1, credits: 288 },
  'db.t4g.medium': { vcpu: 2, gib: 4, credits: 576 },
  'db.m8g.xlarge': { vcpu: 4, gib: 16, credits: 0 },
  'db.r8g.2xlarge': { vcpu: 8, gib: 64, credits: 0 },
};

const gib = 1024 ** 3;

/** max_connections by GiB. */
const connectionsSeen: Readonly<Record<number, number>> = { 1: 81, 2: 187, 4: 400, 8: 856, 16: 1_660 };

interface Primary {
  readonly vcpu: number;
  readonly memory: number;
  readonly credits: number;
  /** As others saw them, and in proportion above 16 GiB (lib/facts/database-classes.json). */
  readonly connections: number;
}

function primaryOf({ database: { instanceClass } }: StoreConfig): Primary {
  const known = classes[instanceClass];
  if (!known) throw new Error(`test/alarms/series.ts does not know ${instanceClass}`);
  const memory = known.gib * gib;
  return { ...known, memory, connections: connectionsSeen[known.gib] ?? Math.min(5_000, (1_660 * known.gib) / 16) };
}

const memoryLeft = (
  usual: readonly number[],
  warning: readonly [readonly number[], readonly number[]],
  critical: readonly [readonly number[], readonly number[]],
): RuleSeries => ({
  usual: { FreeableMemory: usual },
  levels: {
    // 90% used [right-sizing], [scalability-report]; 25% free: AWS's advice
    Warning: level('FreeableMemory', 20, ...warning, 5),
    Critical: level('FreeableMemory', 20, ...critical, 5),
  },
});

/** Free of a db.t4g.micro that is healthy and idle, at the least in a week: github.com/RoboFinSystems/robosystems pull request 1086. */
const leastFreeOfIdleMicro = 106_000_000;
const mib = 1024 ** 2;
const idleMicro = memoryLeft([leastFreeOfIdleMicro], [[63 * mib], [65 * mib]], [[39 * mib], [41 * mib]]);

function instance(kind: 'database' | 'replica', { memory, connections }: Primary): AllSeries {
  const connected = (share: number) => [Math.round(connections * share)];
  const free = (share: number) => [memory * share];
  return {
    // 70 and 90% [right-sizing], [scalability-report]
    [`${kind}-cpu`]: {
      usual: { CPUUtilization: [35] },
      levels: { Warning: fiveMinutes('CPUUtilization', [71], [69]), Critical: fiveMinutes('CPUUtilization', [91], [89]) },
    },
    [`${kind}-connections`]: {
      usual: { DatabaseConnections: connected(0.3) },
      levels: {
        Warning: fiveMinutes('DatabaseConnections', connected(0.82), connected(0.78)),
        Critical: fiveMinutes('DatabaseConnections', connected(0.92), connected(0.88)),
      },
    },
    [`${kind}-memory`]: memory > gib ? memoryLeft(free(0.4), [free(0.24), free(0.26)], [free(0.09), free(0.11)]) : idleMicro,
  };
}

function database(config: StoreConfig): AllSeries {
  const primary = primaryOf(config);
  const storage = config.database.storageGb * gib;
  /** RDS publishes credits every five minutes. */
  const credits =
    (share: number): Course =>
    (minute) => ({ CPUCreditBalance: minute % 5 ? [] : [primary.credits * share] });
  /** Free storage, which shrinks by a share of all a day; told every hour, to spare memory. */
  const filling =
    (share: number, aDay: number): Course =>
    (minute) => ({
      FreeStorageSpace: minute % 60 ? [] : [storage * (share - (aDay * minute) / 1_440)],
    });
  const days = 1_440;
  const latency = (metric: string): RuleSeries => ({
    usual: { [metric]: [0.002] },
    levels: { Warning: level(metric, 15, [0.05], [0.005], 2) }, // 50 and 5 ms: an assumption
  });
  const balance = (metric: string): RuleSeries => ({
    usual: { [metric]: [95] },
    levels: { Warning: level(metric, 15, [9], [11], 10) }, // AWS's own list: 10%
  });
  return {
    ...instance('database', primary),
    'database-credits': {
      usual: credits(0.9),
      levels: {
        Warning: {
          rings: [during(420, 'a tenth left', credits(0.1))],
          silent: [during(480, 'half left', credits(0.5)), during(290, 'a tenth in the first hours of a class', credits(0.1))],
        },
      },
    },
    'database-disk-throughput': balance('EBSByteBalance%'),
    'database-disk-operations': balance('EBSIOBalance%'),
    'database-load': {
      usual: { DBLoad: [0.4] },
      levels: { Warning: level('DBLoad', 20, [primary.vcpu + 1], [primary.vcpu - 0.5], 5) },
    },
    'database-storage': {
      usual: { FreeStorageSpace: [storage * 0.6] },
      levels: { Critical: fiveMinutes('FreeStorageSpace', [storage * 0.09], [storage * 0.11]) },
    },
    'database-storage-days': {
      usual: filling(0.9, 0.002),
      levels: {
        Warning: {
          rings: [during(3 * days, '5% a day from 60% on: full within two weeks', filling(0.6, 0.05))],
          silent: [
            during(4 * days, 'half a percent a day from 50% on: 100 days', filling(0.5, 0.005)),
            during(1 * days, 'an import of 20% in a day', filling(0.9, 0.2)),
            during(4 * days, 'a clean-up: more is free each day', filling(0.5, -0.01)),
          ],
        },
      },
    },
    'database-read-latency': latency('ReadLatency'),
    'database-write-latency': latency('WriteLatency'),
    // AWS's own list: a billion
    'database-transaction-ids': {
      usual: { MaximumUsedTransactionIDs: [2e8] },
      levels: { Critical: level('MaximumUsedTransactionIDs', 5, [1.01e9], [0.99e9], 0) },
    },
  };
}

function replica(config: StoreConfig): AllSeries {
  return {
    ...instance('replica', primaryOf(config)),
    // AWS's own list: 60 s for ten minutes
    'replica-lag': {
      usual: { ReplicaLag: [0.5] },
      silent: [
        // RDS user guide: without writes the lag of PostgreSQL climbs to five minutes, until the WAL segment switches
        during(60, 'a quiet night without writes', (minute) => ({ ReplicaLag: [60 * (minute % 5)] })),
      ],
      levels: { Warning: level('ReplicaLag', 10, [61], [59], 8) },
    },
  };
}

/** Each of the proxy's own instances publishes: two samples a minute. */
function proxy(config: StoreConfig): AllSeries {
  const admitted = primaryOf(config).connections * 0.9; // MaxConnectionsPercent
  const halves = (share: number) => [(admitted * share) / 2, (admitted * share) / 2];
  return {
    'proxy-borrow-latency': {
      usual: { DatabaseConnectionsBorrowLatency: [500, 700] },
      levels: { Warning: level('DatabaseConnectionsBorrowLatency', 10, [200_000, 300_000], [40_000, 50_000], 2) }, // microseconds
    },
    'proxy-connections': {
      usual: { DatabaseConnections: halves(0.2) },
      levels: { Warning: level('DatabaseConnections', 10, halves(0.82), halves(0.78), 2) },
    },
    'proxy-pinned-sessions': {
      usual: { DatabaseConnectionsCurrentlySessionPinned: [0, 0] },
      levels: { Warning: level('DatabaseConnectionsCurrentlySessionPinned', 20, halves(0.4), halves(0.1), 5) },
    },
  };
}

/** Credits left as a share of a day's, and spent as a share of what is earned, every five minutes. */
function cacheCredits(nodeType: string, left: number, spent: number): Course {
  const anHour = nodeType.endsWith('.micro') ? 12 : 24;
  return (minute) => ({
    CPUCreditBalance: minute % 5 ? [] : [24 * anHour * left],
    CPUCreditUsage: minute % 5 ? [] : [(anHour / 12) * spent],
  });
}

function cache({ cache: { mode, nodeType } }: StoreConfig): AllSeries {
  // A cluster is due at 10,000 [right-sizing]; a node of a cluster takes 65,000 (ElastiCache user guide), of which four fifths warn
  const connections = mode === 'cluster' ? 52_000 : 10_000;
  return {
    'cache-cpu': {
      usual: { EngineCPUUtilization: [20] },
      levels: {
        Warning: fiveMinutes('EngineCPUUtilization', [71], [69]),
        Critical: fiveMinutes('EngineCPUUtilization', [91], [89]),
      },
    },
    'cache-host-cpu': { usual: { CPUUtilization: [20] }, levels: { Warning: fiveMinutes('CPUUtilization', [91], [89]) } },
    // ElastiCache user guide, Burstable Performance Instances: 12 an hour, 288 at the most (micro); 24 and 576 (medium)
    'cache-credits': {
      usual: cacheCredits(nodeType, 0.9, 0.3),
      silent: [
        during(300, 'a new node: none saved, and it spends a third of what it earns', cacheCredits(nodeType, 0.01, 0.3)),
        during(10, 'a short look into the last fifth', cacheCredits(nodeType, 0.1, 5)),
      ],
      levels: {
        Warning: {
          rings: [
            during(20, 'a tenth left, and twice the baseline', cacheCredits(nodeType, 0.1, 2)),
            during(20, 'none left: slowed down to the baseline', cacheCredits(nodeType, 0, 1)),
          ],
          silent: [during(60, 'half left, and twice the baseline', cacheCredits(nodeType, 0.5, 2))],
        },
      },
    },
    'cache-memory': {
      usual: { DatabaseMemoryUsagePercentage: [50] },
      levels: {
        Warning: fiveMinutes('DatabaseMemoryUsagePercentage', [81], [79]),
        Critical: fiveMinutes('DatabaseMemoryUsagePercentage', [91], [89]),
      },
    },
    'cache-evictions': { usual: { Evictions: [0] }, levels: { Warning: level('Evictions', 20, [1_000], [10], 5) } },
    'cache-connections': {
      usual: { CurrConnections: [100] },
      levels: { Warning: level('CurrConnections', 15, [connections * 1.02], [connections * 0.98], 5) },
    },
    'cache-replication-lag': {
      usual: { ReplicationLag: [0.1] },
      levels: { Warning: level('ReplicationLag', 20, [30], [1], 5) },
    },
    // 80% of reads [drop-store], [growth-plan]
    'cache-hit-rate': {
      usual: { CacheHits: [9_000], CacheMisses: [1_000] },
      silent: [
        during(120, 'a quiet night: all of three reads a minute miss', { CacheHits: [0], CacheMisses: [3] }),
        during(15, 'a cold cache', { CacheHits: [1_000], CacheMisses: [9_000] }),
      ],
      levels: {
        Warning: {
          rings: [during(75, '79%', { CacheHits: [7_900], CacheMisses: [2_100] })],
          silent: [during(120, '81%', { CacheHits: [8_100], CacheMisses: [1_900] })],
        },
      },
    },
  };
}

function jobsCache(config: StoreConfig): AllSeries {
  if (config.jobsCache === undefined) return {};
  const { nodeType } = config.jobsCache;
  const common = cache({ ...config, cache: { ...config.cache, nodeType } });
  const same = ['cpu', 'credits', 'memory', 'replication-lag'].flatMap((rule) => {
    const alike = common[`cache-${rule}`];
    return alike ? [[`jobs-cache-${rule}`, alike] as const] : [];
  });
  return {
    ...Object.fromEntries(same),
    // 20,000 on a micro node (ElastiCache user guide, maxclients), of which four fifths warn
    'jobs-cache-connections': {
      usual: { CurrConnections: [100] },
      levels: { Warning: level('CurrConnections', 15, [16_320], [15_680], 5) },
    },
    'jobs-cache-swap': {
      usual: { SwapUsage: [0], FreeableMemory: [200 * mib] },
      silent: [during(60, 'some of it beside free memory', { SwapUsage: [50 * mib], FreeableMemory: [100 * mib] })],
      levels: {
        Warning: {
          rings: [during(10, 'more than is free', { SwapUsage: [60 * mib], FreeableMemory: [50 * mib] })],
          silent: [during(60, 'less than is free', { SwapUsage: [40 * mib], FreeableMemory: [50 * mib] })],
        },
      },
    },
  };
}

/** Against the delay that services/contract.ts accepts; multiples of it are assumptions. */
function ages(queue: QueueName): RuleSeries {
  const metric = 'ApproximateAgeOfOldestMessage';
  const times = (factor: number) => [factor * queues[queue].acceptableDelaySeconds];
  return {
    usual: { [metric]: times(0.5) },
    levels: {
      Warning: level(metric, 10, times(8), times(2), 2),
      ...(queue === 'payments' && { Critical: level(metric, 10, times(30), times(10), 2) }),
    },
  };
}

function queueing({ worker }: StoreConfig): AllSeries {
  const visible = 'ApproximateNumberOfMessagesVisible';
  /** E-mails that all tasks of the worker send in so many minutes. */
  const backlog = (minutes: number) => {
    const { concurrency, secondsPerMessage } = queues.email;
    return { [`${visible} of email-queue`]: [((minutes * 60 * concurrency) / secondsPerMessage) * worker.maxTasks] };
  };
  return {
    ...Object.fromEntries(queueNames.map((queue) => [`queue-age-${queue}`, ages(queue)])),
    'queue-drain': {
      usual: { [visible]: [3] },
      levels: {
        Warning: {
          rings: [
            during(20, 'an hour of e-mails', backlog(60)),
            during(20, 'an hour of e-mails, the other queues idle for long', { [visible]: [], ...backlog(60) }),
          ],
          silent: [during(30, 'ten minutes of e-mails', backlog(10)), during(5, 'an hour of e-mails', backlog(60))],
        },
      },
    },
    'dead-letters': deadLetters,
  };
}

const deadLetters: RuleSeries = {
  usual: { ApproximateNumberOfMessagesVisible: [0] },
  levels: { Warning: oneLetter(), Critical: oneLetter() },
};

function oneLetter(): LevelSeries {
  return {
    rings: [during(1, 'a single message', { ApproximateNumberOfMessagesVisible: [1] })],
    silent: [during(30, 'none', { ApproximateNumberOfMessagesVisible: [0] })],
  };
}

const edge: AllSeries = {
  'firewall-blocks': {
    usual: { BlockedRequests: [] },
    levels: { Warning: level('BlockedRequests', 15, [2_000], [100], 5) },
  },
  // AWS's own list: none for a quarter of an hour
  'nat-ports': { usual: { ErrorPortAllocation: [0] }, levels: { Warning: level('ErrorPortAllocation', 15, [3], [0], 5) } },
  // 5% [right-sizing], [scalability-report]
  'cdn-errors': {
    usual: { '5xxErrorRate': [0.1], Requests: [500], CdnErrorRate: [0.1] },
    silent: [during(60, 'a quiet night: one of three requests fails', { '5xxErrorRate': [33.3], Requests: [3] })],
    levels: {
      Critical: fiveMinutes('5xxErrorRate', [5.1], [4.9]),
      Warning: {
        rings: [during(360, 'six hours of 6%', { CdnErrorRate: [6] })],
        silent: [during(60, 'an hour of 6%', { CdnErrorRate: [6] })],
      },
    },
  },
  'cdn-certificate': certificate(),
  'balancer-certificate': certificate(),
};

/** Told twice a day. */
function daysLeft(days: number): Course {
  return (minute) => {
    const told = minute % 720 ? [] : [days];
    return { DaysToExpiry: told, CdnCertificateDaysToExpiry: told };
  };
}

/** AWS's own list: 44 days. */
function certificate(): RuleSeries {
  const day = 1_440;
  return {
    usual: daysLeft(200),
    levels: {
      Warning: { rings: [during(day, '44 days left', daysLeft(44))], silent: [during(day, '45 days left', daysLeft(45))] },
    },
  };
}

/** The score is written every six hours; under 70 and under 60 [scalability-report]. */
const scored =
  (score: number): Course =>
  (minute) => ({ Score: minute % 360 ? [] : [score] });
const scores = (over: number, under: number): LevelSeries => ({
  rings: [during(720, `a score of ${under}`, scored(under))],
  silent: [during(1_440, `a score of ${over}`, scored(over)), during(360, `a score of ${under} once`, scored(under))],
});

/** One figure a night. */
const aged =
  (days: number): Course =>
  (minute) => ({ PasswordAge: minute % 1_440 ? [] : [days] });

const watchers: AllSeries = {
  // rotated after 30 days, tried again for seven nights
  'database-password-age': {
    usual: aged(30.9),
    levels: {
      Warning: {
        rings: [during(1_440, 'passwords of 37.1 days', aged(37.1))],
        silent: [during(2_880, 'of 36.9 days', aged(36.9))],
      },
    },
  },
  score: { usual: scored(90), levels: { Warning: scores(70, 69), Critical: scores(60, 59) } },
  'assessor-failed': {
    usual: { Errors: [0] },
    levels: {
      Warning: {
        rings: [during(60, 'one run failed', (minute) => ({ Errors: [minute === 7 ? 1 : 0] }))],
        silent: [during(120, 'runs without errors', { Errors: [0] })],
      },
    },
  },
  'undelivered-pages': { usual: { NumberOfNotificationsFailed: [] }, levels: { Warning: failedOnce() } },
  'undelivered-tickets': {
    usual: { NumberOfNotificationsFailed: [] },
    levels: { Critical: failedOnce() },
  },
};

function failedOnce(): LevelSeries {
  return {
    rings: [during(5, 'one of them', (minute) => ({ NumberOfNotificationsFailed: minute === 2 ? [1] : [] }))],
    silent: [during(30, 'zeros', { NumberOfNotificationsFailed: [0] })],
  };
}
