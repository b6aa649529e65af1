import type { Cluster, Redis } from 'ioredis';
import type { Logger } from '../runtime/logger';

/** What the cache did not answer, or not in time; the cause is in the log where it matters. */
export class CacheAwayError extends Error {
  readonly code = 'CACHE_AWAY';

  constructor(options?: ErrorOptions) {
    super('The cache did not answer in time', options);
    this.name = 'CacheAwayError';
  }
}

/** Assumptions: a hit takes a millisecond, and a source that is asked instead must not wait long for it. */
export const guardLimits = {
  /** ms that a command may take. */
  commandMs: 100,
  /** Failures in a row after which the cache is left alone. */
  failures: 5,
  /** ms until it is tried again, by one command. */
  pauseMs: 1_000,
} as const;

export type GuardLimits = { readonly [limit in keyof typeof guardLimits]: number };

export interface Guard {
  /** @throws {CacheAwayError} at once while the cache is left alone, else at the limit or at its own failure. */
  ask<T>(command: (client: Redis | Cluster) => Promise<T>): Promise<T>;
}

export interface GuardProps {
  readonly client: Redis | Cluster;
  readonly log: Logger;
  /** Who asks, for the log. */
  readonly caller: string;
  readonly limits?: Partial<GuardLimits>;
  readonly now?: () => number;
}

/** A time limit and a circuit breaker before the cache, so that one that hangs costs a few requests its limit and not all. */
export function createGuard({ client, log, caller, limits, now = Date.now }: GuardProps): Guard {
  const { commandMs, failures, pauseMs } = { ...guardLimits, ...limits };
  let failed = 0;
  /** Of the breaker: 0 is closed; later than now is open; before now is half open, for the one that asks next. */
  let openUntil = 0;

  const admits = (): boolean => {
    if (openUntil === 0) return true;
    if (now() < openUntil) return false;
    openUntil = now() + pauseMs; // all others wait for what this one finds
    return true;
  };
  const succeed = (): void => {
    failed = 0;
    if (openUntil === 0) return;
    openUntil = 0;
    log.info('The cache is used again', { caller });
  };
  const fail = (): void => {
    failed += 1;
    if (failed < failures) return;
    if (openUntil === 0)
      log.warn('The cache is not used for a while: its circuit breaker is open', { caller, failures, pauseMs });
    openUntil = now() + pauseMs;
  };
  return {
    ask: async (command) => {
      if (!admits()) throw new CacheAwayError();
      try {
        // A cluster's client would hold commands back until it knows the cluster.
        if (client.status !== 'ready') throw new CacheAwayError();
        const answer = await within(commandMs, command(client));
        succeed();
        return answer;
      } catch (error) {
        fail();
        throw error;
      }
    },
  };
}

function within<T>(limitMs: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    // After a moment in which this process did nothing else, timers come before answers that have long arrived: read these first.
    const timer = setTimeout(() => setImmediate(() => reject(new CacheAwayError())), limitMs);
    answer.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(new CacheAwayError({ cause: error }));
      },
    );
  });
}
