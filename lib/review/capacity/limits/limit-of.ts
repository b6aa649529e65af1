import type { PartName } from '../../../facts/part-names';
import { ReviewError } from '../../review-error';
import { figure } from '../../text/money';
import type { Scope } from '../scope';
import { taskRate } from '../task-rate';
import { formatViewers, loadAtApi } from '../traffic';
import type { Limit, Range } from '../types';

type Text = 'duration' | 'value' | 'calculation' | 'assumptions' | 'sources';

/** What a part's file says of a limit; the rest has defaults or follows. */
export interface OwnLimit extends Pick<Limit, 'id' | 'title'>, Partial<Pick<Limit, Text>> {
  readonly part: PartName;
  /** @default false */
  readonly informational?: boolean;
}

/** A limit on the requests per second that reach the API; undefined if only a measurement gives it. */
export function atApi(limit: OwnLimit, apiRequests: number | Range | undefined, scope: Scope): Limit {
  if (apiRequests === undefined) return withLoad(limit, 'not measured');
  const { careful, fast } = typeof apiRequests === 'number' ? { careful: apiRequests, fast: apiRequests } : apiRequests;
  if (Number.isNaN(careful)) throw new ReviewError(`${limit.id} is not a number: ${limit.calculation}`, []);
  if (!Number.isFinite(careful)) return withLoad(limit, 'no limit');
  const possible = { careful: Math.max(0, careful), fast: Math.max(0, fast) };
  return {
    ...withLoad(limit, loadAtApi(possible, scope)),
    calculation: `${limit.calculation} = ${formatViewers(possible, scope)}`,
    assumptions: [...new Set([...(limit.assumptions ?? []), 'cdnHitRate' as const, 'requestsPerUserPerSecond' as const])],
  };
}

/** A limit on the number of API tasks. */
export function taskLimit(limit: OwnLimit, tasks: number, scope: Scope): Limit {
  const rate = taskRate(scope);
  return atApi(
    {
      ...limit,
      calculation: `${limit.calculation ?? ''}${figure(tasks)} tasks${rate ? ` × ${rate.calculation}` : `; ${notMeasured(scope)}`}`,
      assumptions: rate?.assumptions ?? [],
      sources: [...(limit.sources ?? []), ...(rate?.sources ?? [])],
    },
    rate && { careful: tasks * rate.careful, fast: tasks * rate.fast },
    scope,
  );
}

/** Why there is no figure. */
function notMeasured({ parts: { api } }: Scope): string {
  if (!api?.task) return 'the size of its tasks is not in the template';
  return 'the capacity of this container per vCPU is not measured (npm run measure, or --assume apiCpuMicroseconds=…)';
}

/** A limit whose load is known already, or that has none. */
export function withLoad({ informational = false, ...limit }: OwnLimit, maxLoad: Limit['maxLoad']): Limit {
  return {
    duration: 'always',
    value: '',
    calculation: '',
    assumptions: [],
    sources: [],
    ...limit,
    maxLoad,
    ...(informational && { informational }),
  };
}
