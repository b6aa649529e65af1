import { databaseClass } from '../../lib/facts/database-classes';
import { cacheHitRate } from '../thresholds';
import type { StoreFacts } from './store-facts';

/** How a rule of the alarm catalogue counts in the score. */
export interface Scored {
  readonly title: string;
  readonly unit: 'ms' | 'percent' | 'requests/min' | 'tasks' | 'connections' | 'GiB' | 's';
  /** Which direction harms. */
  readonly worse: 'higher' | 'lower';
  /** Percent of the score, while the store has no replicas. */
  readonly weight: number;
  /** Why it weighs so much. */
  readonly why: string;
  /** Levels that count where no alarm has them. @default - half and double of the other level, see `levels.ts` */
  readonly otherwise?: { readonly critical: number; readonly best: number };
  /** The measure cannot go beyond it, so the score is 0 there. @default - none */
  readonly end?: (store: StoreFacts) => number | undefined;
  /** Whether a store of these facts has the part. @default - every store has it */
  readonly existsIn?: (store: StoreFacts) => boolean;
}

const percent = () => 100;

/** Weights are this project's judgement: what customers feel 42, the API's capacity 22, the database's 24, the cache 9, the worker 3. */
const table = {
  'response-time': {
    title: 'Response time p95',
    unit: 'ms',
    worse: 'higher',
    weight: 16,
    why: 'customers feel it; first in the migration matrix of [scalability-report]',
  },
  'error-rate': {
    title: 'Errors',
    unit: 'percent',
    worse: 'higher',
    weight: 16,
    why: 'customers feel it; in the migration matrix of [scalability-report]',
    end: percent,
  },
  'query-time': {
    title: 'Query time',
    unit: 'ms',
    worse: 'higher',
    weight: 10,
    why: 'rises before the response time does, and says that the database is why [project-files], [scalability-report]',
  },
  'request-rate': {
    title: 'Requests',
    unit: 'requests/min',
    worse: 'higher',
    weight: 4,
    why: 'says how near the demand is to what all tasks carry; by itself it harms nobody',
  },
  'api-cpu': {
    title: 'API CPU',
    unit: 'percent',
    worse: 'higher',
    weight: 8,
    why: 'decides the size of a task [right-sizing]',
    end: percent,
  },
  'api-memory': {
    title: 'API memory',
    unit: 'percent',
    worse: 'higher',
    weight: 6,
    why: 'decides the size of a task [right-sizing]; a heap fills and stays, so less than CPU',
    end: percent,
  },
  'api-at-maximum': {
    title: 'API tasks',
    unit: 'tasks',
    worse: 'higher',
    weight: 4,
    why: 'at the maximum nothing is left to scale out; harm shows in the response time',
  },
  'database-cpu': {
    title: 'Database CPU',
    unit: 'percent',
    worse: 'higher',
    weight: 10,
    why: 'decides the class and when a replica is due [right-sizing]; the part that scales the slowest',
    end: percent,
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
    worse: 'higher',
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
    worse: 'higher',
    weight: 3,
    why: 'decides the node; without the cache the store is slow, not down',
    end: percent,
  },
  'cache-memory': {
    title: 'Cache memory',
    unit: 'percent',
    worse: 'higher',
    weight: 3,
    why: 'decides the node; a full cache evicts and works on',
    end: percent,
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
    worse: 'higher',
    weight: 3,
    why: 'says whether the worker keeps up; customers wait for it seldom',
  },
  'replica-cpu': {
    title: 'Replica CPU',
    unit: 'percent',
    worse: 'higher',
    weight: 3,
    why: 'decides whether one more replica is due',
    end: percent,
    existsIn: ({ replicas }) => replicas > 0,
  },
} as const satisfies Record<string, Scored>;

/** Rules of the alarm catalogue that the score is made of. */
export type ScoredRule = keyof typeof table;
export const scored: Readonly<Record<ScoredRule, Scored>> = table;
export const scoredRules = Object.keys(table) as ScoredRule[];
