import type { Scope } from '../scope';
import type { Limit } from '../types';
import { apiLimits } from './api';
import { cacheLimits } from './cache';
import { databaseConnectionLimits } from './database-connections';
import { databaseStorageLimits } from './database-storage';
import { databaseTransactionLimits } from './database-transactions';
import { edgeLimits } from './edge';
import { networkLimits } from './network';
import { queueLimits } from './queues';
import { replicaLimits } from './replicas';

/** Every part that puts a limit on the store, each in a file of its name. */
const parts: readonly ((scope: Scope) => readonly Limit[])[] = [
  edgeLimits,
  apiLimits,
  databaseConnectionLimits,
  databaseTransactionLimits,
  databaseStorageLimits,
  replicaLimits,
  cacheLimits,
  queueLimits,
  networkLimits,
];

/** The tightest first; what has no figure stands last. */
export function limitsOf(scope: Scope): readonly Limit[] {
  return parts.flatMap((limits) => limits(scope)).toSorted((one, other) => figureOf(one) - figureOf(other));
}

/** Of those that are not told beside; undefined where no such limit has a figure. */
export function tightest(limits: readonly Limit[]): Limit | undefined {
  return limits.find(({ toldBeside, carries }) => !toldBeside && typeof carries !== 'string');
}

/** Whether a measurement is missing of none that is not told beside. */
export function isComplete(limits: readonly Limit[]): boolean {
  return !limits.some((limit) => !limit.toldBeside && limit.carries === 'not measured');
}

function figureOf({ carries }: Limit): number {
  return typeof carries === 'string' ? Number.MAX_VALUE : carries.requestsPerSecond; // a sum of infinities has no order
}
