import type { Cluster, Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { AccountEmailType } from '../accounts/account-emails';
import { CacheAwayError, createGuard, type GuardLimits } from '../cache-aside/guard';
import type { Logger } from '../runtime/logger';
import { accountKey } from './account-key';
import { subscriberOf } from './subscriber';

interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

/** Of one subscriber, from [drop-store] and [growth-plan] (docs/sources.md) where nothing else is said. */
export const rateLimits = {
  api: { requests: 100, seconds: 60 },
  auth: { requests: 5, seconds: 5 * 60 },
  checkout: { requests: 10, seconds: 10 * 60 },
  writes: { requests: 20, seconds: 60 },
  /** What is answered by an e-mail: an assumption, for a household or an office that shares an address. */
  emails: { requests: 10, seconds: 10 * 60 },
  /** Carts that visitors begin: an assumption, for an office or a mobile network that shares an address. What it makes of the database: decision 40. */
  guestCarts: { requests: 60, seconds: 60 * 60 },
} as const satisfies Record<string, RateLimit>;

export type LimitName = keyof typeof rateLimits;

/** E-mails of one kind to one address, whoever asks for them: an assumption, one that was lost, one that was late, and some to spare. */
const recipientLimit: RateLimit = { requests: 5, seconds: 60 * 60 };

/** Attempts at the password of one account, from all addresses together: an assumption, a tenth of the 100 in a row that NIST SP 800-63B allows. */
const accountLimit: RateLimit = { requests: 10, seconds: 15 * 60 };

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
  /** Whether `consume` would refuse an address without asking anybody. */
  isOver(limit: LimitName, address: string): boolean;
  /** Counts one e-mail of a kind that somebody asks for to be sent to an address, whoever it belongs to. */
  email(type: AccountEmailType, recipient: string): Promise<Consumed>;
  /** Counts one attempt at the password of an account, whoever makes it and whether there is such an account. */
  attempt(account: string): Promise<Consumed>;
  /** The attempts before this one were its owner's. */
  succeeded(account: string): Promise<void>;
}

export interface RateLimitOptions {
  readonly limits?: Readonly<Record<LimitName, RateLimit>>;
  readonly guard?: Partial<GuardLimits>;
  /** Whether a request without its viewer's address counts, all of these as one. @default true */
  readonly limitsUnnamed?: boolean;
  /** What an address may ask for is not limited; what guesses passwords or fills a mailbox still is. @default false */
  readonly switchedOff?: boolean;
}

/** Fixed windows that all tasks share: one command and one key for a request, none for a subscriber who is over the limit. */
export function createRateLimits(client: Redis | Cluster, log: Logger, options: RateLimitOptions = {}): RateLimits {
  const guard = createGuard({ client, log, caller: 'rate-limits', limits: options.guard ?? {} });
  const limits = options.limits ?? rateLimits;
  const limiters = Object.fromEntries(
    Object.entries(limits).map(([name, limit]) => [name, createLimiters(client, name, limit)]),
  ) as Record<LimitName, Limiters>;
  const accounts = createLimiters(client, 'account', accountLimit, false);
  const recipients = createLimiters(client, 'recipient', recipientLimit);
  const withLimiter = async <T>({ shared, own }: Limiters, work: (limiter: Limiter) => Promise<T>): Promise<T> => {
    try {
      return await guard.ask(() => work(shared));
    } catch (error) {
      if (!(error instanceof CacheAwayError)) throw error;
      return work(own);
    }
  };
  return {
    consume: async (limit, address) => {
      const { requests, seconds } = limits[limit];
      if (options.switchedOff === true || (address === '' && options.limitsUnnamed === false)) {
        return { allowed: true, limit: requests, remaining: requests, resetSeconds: seconds };
      }
      return withLimiter(limiters[limit], (limiter) => consumeOf(limiter, subscriberOf(address)));
    },
    isOver: (limit, address) => {
      const shared = limiters[limit].shared as BlockingLimiter;
      return shared.getInMemoryBlockMsBeforeExpire(shared.getKey(subscriberOf(address))) > 0;
    },
    email: (type, recipient) => withLimiter(recipients, (limiter) => consumeOf(limiter, `${type}:${accountKey(recipient)}`)),
    attempt: (account) => withLimiter(accounts, (limiter) => consumeOf(limiter, account)),
    succeeded: async (account) => {
      await withLimiter(accounts, (limiter) => limiter.delete(account));
    },
  };
}

type Limiter = RateLimiterRedis | RateLimiterMemory;
type Limiters = ReturnType<typeof createLimiters>;
/** Its types leave out how long it keeps a key out. */
type BlockingLimiter = RateLimiterRedis & { getInMemoryBlockMsBeforeExpire(key: string): number };

/** `keepsOut`: a task does not ask again for whom it knows to be over the limit, which then ends with its window alone. */
function createLimiters(client: Redis | Cluster, name: string, { requests, seconds }: RateLimit, keepsOut = true) {
  const window = { keyPrefix: `rate:${name}`, points: requests, duration: seconds };
  return {
    shared: new RateLimiterRedis({ ...window, storeClient: client, ...(keepsOut && { inMemoryBlockOnConsumed: requests }) }),
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
