/**
 * The documents' figures for health and growth, each once. `[drop-store]` to `[growth-plan]`: docs/sources.md. Units are the documents' own; whoever
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
export const cpu = levels({ warning: 70, critical: 90, unit: 'percent', source: '[right-sizing], [scalability-report]' });
export const memory = levels({ warning: 80, critical: 90, unit: 'percent', source: '[right-sizing], [scalability-report]' });

/** Answers of 5xx in all answers. */
export const errorRate = levels({ warning: 1, critical: 5, unit: 'percent', source: '[right-sizing], [scalability-report]' });

export const responseTimeP95 = levels({
  warning: 200,
  critical: 500,
  unit: 'ms',
  source: '[right-sizing], [scalability-report]',
});

/** Nobody waits longer. */
export const responseTimeCeiling = { most: 2_000, unit: 'ms', source: '[right-sizing]' } as const;

/** Mean time of a query. */
export const queryTime = levels({ warning: 100, critical: 500, unit: 'ms', source: '[project-files], [scalability-report]' });

/** From here a query is logged as slow. */
export const slowQuery = { most: 1_000, unit: 'ms', source: '[project-files], [scalability-report]' } as const;

/** Of a read replica behind its primary. */
export const replicaLag = { most: 60, unit: 's', source: 'AWS recommends an alarm at 60 s' } as const;

/** Of all tasks; written for a store of the medium size, whose tasks carry as much. */
export const requestRate = { warning: 500, unit: 'requests/s', source: '[scalability-report]' } as const;

/** Answers from the cache in all reads of it: below `least` somebody looks. [growth-plan] wants 60, 80 and 90% at weeks 4, 8 and 16. */
export const cacheHitRate = { poor: 60, least: 80, good: 90, unit: 'percent', source: '[drop-store], [growth-plan]' } as const;

/** Connections from which one node of Redis is not enough. */
export const cacheConnections = { most: 10_000, unit: 'connections', source: '[right-sizing]' } as const;

/** Score of the assessment, 0 to 100: green from 80, yellow from 60, red below; under 70 the next size is planned. */
export const score = { green: 80, plan: 70, yellow: 60, source: '[scalability-report]' } as const;

/** What grows is told so long before its critical level: the four weeks in which a store may grow tenfold. */
export const growthNotice = { least: 28, unit: 'days', source: '[scalability-report]' } as const;

/** Days until the size ends at which a larger one is planned, an assumption of this project, and is due. */
export const sizeEnd = { plan: 90, due: growthNotice.least } as const;

/**
 * When to move on: up to `plan` a store stays as it is, from there on it plans the next step, above `urgent` it takes it. The
 * assessment judges by response time. The documents name errors too, which no size mends, and users and writes, which no metric counts.
 */
export const migration = {
  /** Written for SQLite; in RDS the share of the allocated storage counts. */
  databaseSize: { plan: 1, urgent: 5, unit: 'GB' },
  responseTimeP95: { urgent: responseTimeP95.critical, unit: 'ms' },
  source: '[scalability-report]',
} as const;

/** When a read replica is due: above either. No metric tells the reads to a write. */
export const readReplica = { databaseCpu: cpu.warning, readsPerWrite: 10, source: '[right-sizing]' } as const;

/** Targets of operation in every size. Availability is a target of the size (lib/tiers): [growth-plan]'s 99.5, 99.9 and 99.95% are those of weeks. */
export const targets = {
  responseTimeP95: { most: 200, unit: 'ms', source: '[scalability-report], [growth-plan]' },
  errorRate: { most: 0.5, unit: 'percent', source: '[scalability-report]' },
  costPerUser: { most: 0.1, unit: 'USD a month', source: '[scalability-report]' },
} as const;
