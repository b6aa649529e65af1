/**
 * The documents' figures for health and growth, each once. `[0]` to `[4]`: docs/sources.md. Units are the documents' own; whoever
 * compares a metric of AWS with one of them converts it (a load balancer measures in seconds, a proxy in microseconds).
 * Alarms, dashboards, the assessment, the API and the load test read them from here.
 */

interface Levels {
  /** Above it: plan. */
  readonly warning: number;
  /** Above it: act. */
  readonly critical: number;
  readonly unit: 'percent' | 'ms';
  readonly source: string;
}

const levels = <const Figures extends Levels>(figures: Figures): Figures => figures;

/** Utilisation of tasks, database and cache. */
export const cpu = levels({ warning: 70, critical: 90, unit: 'percent', source: '[2], [3]' });
export const memory = levels({ warning: 80, critical: 90, unit: 'percent', source: '[2], [3]' });

/** Answers of 5xx in all answers. */
export const errorRate = levels({ warning: 1, critical: 5, unit: 'percent', source: '[2], [3]' });

export const responseTimeP95 = levels({ warning: 200, critical: 500, unit: 'ms', source: '[2], [3]' });

/** Nobody waits longer. */
export const responseTimeCeiling = { most: 2_000, unit: 'ms', source: '[2]' } as const;

/** Mean time of a query. */
export const queryTime = levels({ warning: 100, critical: 500, unit: 'ms', source: '[1], [3]' });

/** From here a query is logged as slow. */
export const slowQuery = { most: 1_000, unit: 'ms', source: '[1], [3]' } as const;

/** Of all tasks; written for a store of the medium size, whose tasks carry as much. */
export const requestRate = { warning: 500, unit: 'requests/s', source: '[3]' } as const;

/** Answers from the cache in all reads of it: below `least` somebody looks. [4] wants 60, 80 and 90% at weeks 4, 8 and 16. */
export const cacheHitRate = { poor: 60, least: 80, good: 90, unit: 'percent', source: '[0], [4]' } as const;

/** Connections from which one node of Redis is not enough. */
export const cacheConnections = { most: 10_000, unit: 'connections', source: '[2]' } as const;

/** Score of the assessment, 0 to 100: green from 80, yellow from 60, red below; under 70 the next size is planned. */
export const score = { green: 80, plan: 70, yellow: 60, source: '[3]' } as const;

/** What grows is told so long before its critical level: the four weeks in which a store may grow tenfold. */
export const growthNotice = { least: 28, unit: 'days', source: '[3]' } as const;

/**
 * When to move on: up to `plan` a store stays as it is, from there on it plans the next step, above `urgent` it takes it. The
 * assessment judges by response time; errors are no matter of size, and no metric of it tells users and writes.
 */
export const migration = {
  users: { plan: 500, urgent: 1_000, unit: 'users' },
  /** Written for SQLite; in RDS the share of the allocated storage counts. */
  databaseSize: { plan: 1, urgent: 5, unit: 'GB' },
  responseTimeP95: { plan: responseTimeP95.warning, urgent: responseTimeP95.critical, unit: 'ms' },
  errorRate: { plan: errorRate.warning, urgent: errorRate.critical, unit: 'percent' },
  writes: { plan: 50, urgent: 100, unit: 'writes/s' },
  source: '[3]',
} as const;

/** When a read replica is due: above either. No metric tells the reads to a write. */
export const readReplica = { databaseCpu: cpu.warning, readsPerWrite: 10, source: '[2]' } as const;

/** Targets of operation. */
export const targets = {
  responseTimeP95: { most: 200, unit: 'ms', source: '[3], [4]' },
  errorRate: { most: 0.5, unit: 'percent', source: '[3]' },
  availability: { least: 99.9, unit: 'percent', source: '[3], [4]' },
  throughput: { least: 30_000, unit: 'requests/s', source: '[4]' },
  costPerUser: { most: 0.1, unit: 'USD a month', source: '[3]' },
} as const;
