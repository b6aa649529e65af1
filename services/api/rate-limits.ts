import type { Cluster, Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { CacheAwayError, createGuard, type GuardLimits } from '../cache-aside/guard';
import type { Logger } from '../runtime/logger';
import { subscriberOf } from './subscriber';

interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

/** Of one subscriber, from [drop-store] and [growth-plan] (docs/sources.md). */
export const rateLimits = {
  api: { requests: 100, seconds: 60 },
  auth: { requests: 5, seconds: 5 * 60 },
  checkout: { requests: 10, seconds: 10 * 60 },
  writes: { requests: 20, seconds: 60 },
} as const satisfies Record<string, RateLimit>;

export type LimitName = keyof typeof rateLimits;

export interface Consumed {
  readonly allowed: boolean;
  /** Requests in a window. */
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window ends, rounded up. */
  readonly resetSeconds: number;
}

export interface RateLimits {
  /**
   * Counts one request of an address, that of the viewer as the CDN gives it. Never rejects: without the cache each task counts
   * for itself, so that a subscriber has the limit once a task.
   */
  consume(limit: LimitName, address: string): Promise<Consumed>;
}

export interface RateLimitOptions {
  readonly limits?: Readonly<Record<LimitName, RateLimit>>;
  readonly guard?: Partial<GuardLimits>;
}

/** Fixed windows that all tasks share: one command and one key for a request, none for a subscriber who is over the limit. */
export function createRateLimits(client: Redis | Cluster, log: Logger, options: RateLimitOptions = {}): RateLimits {
  const guard = createGuard({ client, log, caller: 'rate-limits', limits: options.guard ?? {} });
  const limits = options.limits ?? rateLimits;
  const limiters = Object.fromEntries(
    Object.entries(limits).map(([name, limit]) => [name, createLimiters(client, name, limit)]),
  ) as Record<LimitName, ReturnType<typeof createLimiters>>;
  return {
    consume: async (limit, address) => {
      const subscriber = subscriberOf(address);
      const { shared, own } = limiters[limit];
      try {
        return await guard.ask(() => consumeOf(shared, subscriber));
      } catch (error) {
        if (!(error instanceof CacheAwayError)) throw error;
        return consumeOf(own, subscriber);
      }
    },
  };
}

type Limiter = RateLimiterRedis | RateLimiterMemory;

function createLimiters(client: Redis | Cluster, name: string, { requests, seconds }: RateLimit) {
  const window = { keyPrefix: `rate:${name}`, points: requests, duration: seconds };
  return {
    shared: new RateLimiterRedis({ ...window, storeClient: client, inMemoryBlockOnConsumed: requests }),
    own: new RateLimiterMemory(window),
  };
}

/** The package rejects with the result where the limit is reached. */
async function consumeOf(limiter: Limiter, subscriber: string): Promise<Consumed> {
  const { allowed, result } = await limiter.consume(subscriber).then(
    (taken) => ({ allowed: true, result: taken }),
    (refused: unknown) => {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return { allowed: false, result: refused };
    },
  );
  return {
    allowed,
    limit: limiter.points,
    remaining: result.remainingPoints,
    resetSeconds: Math.ceil(result.msBeforeNext / 1000),
  };
}
