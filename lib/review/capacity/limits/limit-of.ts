import type { PartName } from '../../../facts/part-names';
import { ReviewError } from '../../review-error';
import type { Scope } from '../scope';
import { loadAtApi, viewersInWords } from '../traffic';
import type { CapacityAssumptionName, Limit } from '../types';

/** What a part's file says of a limit; the rest follows. */
export interface OwnLimit {
  readonly id: string;
  readonly part: PartName;
  readonly title: string;
  readonly own: string;
  readonly how: string;
  /** @default 'always' */
  readonly holds?: Limit['holds'];
  /** @default false */
  readonly toldBeside?: boolean;
  readonly assumptions: readonly CapacityAssumptionName[];
  readonly sources: readonly string[];
}

/** A limit on the requests that reach the API, each second; undefined where only a measurement gives it. */
export function atApi(limit: OwnLimit, apiRequests: number | undefined, scope: Scope): Limit {
  if (apiRequests === undefined) return told(limit, 'not measured');
  if (Number.isNaN(apiRequests)) throw new ReviewError('no-quantity', `${limit.id} is no number: ${limit.how}`, []);
  if (!Number.isFinite(apiRequests)) return told(limit, 'no limit');
  const possible = Math.max(0, apiRequests);
  return {
    ...told(limit, loadAtApi(possible, scope)),
    how: `${limit.how} = ${viewersInWords(possible, scope)}`,
    assumptions: [...new Set([...limit.assumptions, 'cdnHitRate' as const, 'requestsPerUserPerSecond' as const])],
  };
}

/** A limit whose load is known already, or that has none. */
export function told(limit: OwnLimit, carries: Limit['carries']): Limit {
  const { toldBeside = false, ...rest } = limit;
  return { holds: 'always', ...rest, carries, ...(toldBeside && { toldBeside }) };
}
