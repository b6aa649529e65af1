import { Problem, type ProblemCode } from './problem';
import type { Consumed } from './rate-limits';

export type LimitHeaders = Readonly<Record<string, string>>;

const names = { limit: 'x-ratelimit-limit', remaining: 'x-ratelimit-remaining', reset: 'x-ratelimit-reset' } as const;
export const limitHeaderNames = Object.values(names);

/** What an answer tells of a limit. */
export const limitHeaders = ({ limit, remaining, resetSeconds }: Consumed): LimitHeaders => ({
  [names.limit]: String(limit),
  [names.remaining]: String(remaining),
  [names.reset]: String(resetSeconds),
});

/** Why a request is over a limit, and when to come again. */
export const tooMany = (code: ProblemCode, consumed: Consumed): Problem =>
  new Problem(code, {
    headers: { ...limitHeaders(consumed), 'retry-after': String(consumed.resetSeconds) },
    members: { retryAfter: consumed.resetSeconds },
  });
