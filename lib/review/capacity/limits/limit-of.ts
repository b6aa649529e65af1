import type { PartName } from '../../../facts/part-names';
import { ReviewError } from '../../review-error';
import type { Scope } from '../scope';
import { formatViewers, loadAtApi } from '../traffic';
import type { CapacityAssumptionName, Limit } from '../types';

/** What a part's file says of a limit; the rest follows. */
export interface OwnLimit {
  readonly id: string;
  readonly part: PartName;
  readonly title: string;
  readonly value: string;
  readonly calculation: string;
  /** @default 'always' */
  readonly duration?: Limit['duration'];
  /** @default false */
  readonly informational?: boolean;
  readonly assumptions: readonly CapacityAssumptionName[];
  readonly sources: readonly string[];
}

/** A limit on the requests that reach the API, each second; undefined where only a measurement gives it. */
export function atApi(limit: OwnLimit, apiRequests: number | undefined, scope: Scope): Limit {
  if (apiRequests === undefined) return withLoad(limit, 'not measured');
  if (Number.isNaN(apiRequests)) throw new ReviewError('no-quantity', `${limit.id} is no number: ${limit.calculation}`, []);
  if (!Number.isFinite(apiRequests)) return withLoad(limit, 'no limit');
  const possible = Math.max(0, apiRequests);
  return {
    ...withLoad(limit, loadAtApi(possible, scope)),
    calculation: `${limit.calculation} = ${formatViewers(possible, scope)}`,
    assumptions: [...new Set([...limit.assumptions, 'cdnHitRate' as const, 'requestsPerUserPerSecond' as const])],
  };
}

/** A limit whose load is known already, or that has none. */
export function withLoad(limit: OwnLimit, maxLoad: Limit['maxLoad']): Limit {
  const { informational = false, ...rest } = limit;
  return { duration: 'always', ...rest, maxLoad, ...(informational && { informational }) };
}
