import type { Reading, Template } from '../../../template/template';
import type { Scope, ScopeOf } from '../scope';
import type { Limit, Load } from '../types';
import { apiLimits } from './api';
import { cacheLimits } from './cache';
import { databaseConnectionLimits } from './database-connections';
import { databaseStorageLimits } from './database-storage';
import { databaseTransactionLimits } from './database-transactions';
import { edgeLimits } from './edge';
import { jobsCacheLimits } from './jobs-cache';
import { networkLimits } from './network';
import { queueLimits } from './queues';
import { replicaLimits } from './replicas';

/** Every part that limits the store, each in a file of its name. */
const parts: readonly ((scope: Scope) => readonly Limit[])[] = [
  edgeLimits,
  apiLimits,
  databaseConnectionLimits,
  databaseTransactionLimits,
  databaseStorageLimits,
  replicaLimits,
  cacheLimits,
  jobsCacheLimits,
  queueLimits,
  networkLimits,
];

/** The tightest first, limits without a figure last. A limit that depends on a value that only AWS knows is `not known`. */
export function limitsOf(template: Template, scopeOf: ScopeOf): readonly Limit[] {
  return parts
    .flatMap((limits) => known(template.read((view) => limits(scopeOf(view)))))
    .toSorted((one, other) => figureOf(one) - figureOf(other));
}

function known({ result, unknown }: Reading<readonly Limit[]>): readonly Limit[] {
  if (unknown.length === 0) return result;
  const calculation = `depends on values that only AWS knows: ${unknown.map(({ resource, property }) => `${property} of ${resource}`).join(', ')}`;
  return result.map((limit) => Object.assign({}, limit, { maxLoad: 'not known', value: 'not known', calculation }));
}

/** The tightest limit that is not informational; undefined if none has a figure. */
export function tightest(limits: readonly Limit[]): Limit | undefined {
  return limits.find(({ informational, maxLoad }) => !informational && typeof maxLoad !== 'string');
}

/** The load at that limit. Its fast end is the tightest of all fast ends, which can be another limit's. */
export function maxLoadOf(limits: readonly Limit[]): Load | undefined {
  const loads = limits.flatMap(({ informational, maxLoad }) => (informational || typeof maxLoad === 'string' ? [] : [maxLoad]));
  const [least] = loads;
  if (!least) return undefined;
  const { fastEnd: _, ...careful } = least;
  const [fast = careful] = loads
    .map(({ fastEnd, ...own }) => fastEnd ?? own)
    .toSorted((one, other) => one.requestsPerSecond - other.requestsPerSecond);
  return fast.requestsPerSecond > careful.requestsPerSecond ? { ...careful, fastEnd: fast } : careful;
}

/** Whether every limit that is not informational has its figure. */
export function isComplete(limits: readonly Limit[]): boolean {
  return !limits.some(({ informational, maxLoad }) => !informational && (maxLoad === 'not measured' || maxLoad === 'not known'));
}

function figureOf({ maxLoad }: Limit): number {
  return typeof maxLoad === 'string' ? Number.MAX_VALUE : maxLoad.requestsPerSecond; // a sum of infinities has no order
}
