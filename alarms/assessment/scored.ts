import { databaseClass } from '../../lib/facts/database-classes';
import { cacheHitRate } from '../thresholds';
import type { StoreFacts } from './store-facts';

/** How a rule of the alarm catalogue counts in the score. */
export interface Scored {
  readonly title: string;
  readonly unit: 'ms' | 'percent' | 'requests/min' | 'tasks' | 'connections' | 'GiB' | 's';
  /** Which direction harms: upwards, unless the table says otherwise. */
  readonly worse: 'higher' | 'lower';
  /** Percent of the score, while the store has no replicas. */
  readonly weight: number;
  /** Why it weighs so much. */
  readonly why: string;
  /** Levels that count where no alarm has them. @default - half and double of the other level, see `levels.ts` */
  readonly otherwise?: { readonly critical: number; readonly best: number };
  /** The measure cannot go beyond it, so the score is 0 there. @default - 100 percent, or none */
  readonly end?: (store: StoreFacts) => number | undefined;
  /** Whether a store of these facts has the part. @default - every store has it */
  readonly existsIn?: (store: StoreFacts) => boolean;
}

type Row = Omit<Scored, 'worse'> & Partial<Pick<Scored, 'worse'>>;

/** Weights are this project's judgement: what customers feel 42, the API's capacity 22, the database's 24, the cache 9, the worker 3. */
const table = {
  'response-time': {
    title: 'Response time p95',
    unit: 'ms',
    weight: 16,
    why: 'customers feel it; first in the migration matrix of [scalability-report]',
  },
  'error-rate': {
    title: 'Errors',
    unit: 'percent',
    weight: 16,
    why: 'customers feel it; in the migration matrix of [scalability-report]',
  },
  'query-time': {
    title: 'Query time',
    unit: 'ms',
    weight: 10,
    why: 'rises before the response time does, and says that the database is why [project-files], [scalability-report]',
  },
  'request-rate': {
    title: 'Requests',
    unit: 'requests/min',
    weight: 4,
    why: 'says how near the demand is to what all tasks carry; by itself it harms nobody',
  },
  'api-cpu': {
    title: 'API CPU',
    unit: 'percent',
    weight: 8,
    why: 'decides the size of a task [right-sizing]',
  },
  'api-memory': {
    title: 'API memory',
    unit: 'percent',
    weight: 6,
    why: 'decides the size of a task [right-sizing]; a heap fills and stays, so less than CPU',
  },
  'api-at-maximum': {
    title: 'API tasks',
    unit: 'tasks',
    weight: 4,
    why: 'at the maximum nothing is left to scale out; harm shows in the response time',
  },
  'database-cpu': {
    title: 'Database CPU',
    unit: 'percent',
    weight: 10,
    why: 'decides the class and when a replica is due [right-sizing]; the part that scales the slowest',
  },
  'database-memory': {
    title: 'Database memory left',
    unit: 'GiB',
    worse: 'lower',
    weight: 4,
    why: 'decides the class; PostgreSQL uses what is free for its cache, so less than CPU',
  },
  'database-connections': {
    title: 'Database connections',
    unit: 'connections',
    weight: 6,
    why: 'when none is left the store stops at once [project-files], [right-sizing]; decides pooling',
    end: ({ databaseClass: name }) => databaseClass(name)?.maxConnections,
  },
  'database-storage': {
    title: 'Database storage left',
    unit: 'GiB',
    worse: 'lower',
    weight: 4,
    why: 'a full disk stops the store, but grows slowly and is told by its own alarm',
  },
  'cache-cpu': {
    title: 'Cache CPU',
    unit: 'percent',
    weight: 3,
    why: 'decides the node; without the cache the store is slow, not down',
  },
  'cache-memory': {
    title: 'Cache memory',
    unit: 'percent',
    weight: 3,
    why: 'decides the node; a full cache evicts and works on',
  },
  'cache-hit-rate': {
    title: 'Cache hit rate',
    unit: 'percent',
    worse: 'lower',
    weight: 3,
    why: 'hides load from the database; what it fails to hide shows there',
    otherwise: { critical: cacheHitRate.poor, best: cacheHitRate.good },
  },
  'queue-age': {
    title: 'Oldest message',
    unit: 's',
    weight: 3,
    why: 'says whether the worker keeps up; customers wait for it seldom',
  },
  'replica-cpu': {
    title: 'Replica CPU',
    unit: 'percent',
    weight: 3,
    why: 'decides whether one more replica is due',
    existsIn: ({ replicas }) => replicas > 0,
  },
} as const satisfies Record<string, Row>;

/** Rules of the alarm catalogue that the score is made of. */
export type ScoredRule = keyof typeof table;
export const scored = Object.fromEntries(
  Object.entries<Row>(table).map(([rule, row]) => [rule, { worse: 'higher', ...row }]),
) as Readonly<Record<ScoredRule, Scored>>;
export const scoredRules = Object.keys(table) as ScoredRule[];
