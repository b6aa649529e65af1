import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster, Redis } from 'ioredis';
import { longestSeconds } from './cache-aside/cache-times';
import { type Entry, readEntry, writeEntry } from './cache-aside/entry';
import { createFirstLooks, type FirstLook } from './cache-aside/first-looks';
import { CacheAwayError, createGuard, type GuardLimits, guardLimits } from './cache-aside/guard';
import { createLocks, type Lock } from './cache-aside/locks';
import { createPendingInvalidations } from './cache-aside/pending-invalidations';
import { createTags } from './cache-aside/tags';
import { describeError, type Logger } from './runtime/logger';

export interface Loaded {
  readonly text: string;
  /** By which it is invalidated; neither white space nor `=`. */
  readonly tags: readonly string[];
  /** It is true for so long, where that is shorter than the policy's time. More than 0. */
  readonly ttlSeconds?: number;
}

export interface CachePolicy {
  /** The longest that an entry stays, of `cacheTimes`. */
  readonly ttlSeconds: number;
}

export type Load = () => Promise<Loaded | undefined>;

export interface CacheAside {
  /**
   * The cached text, or what `load` gives, kept for the policy's time; undefined from `load`, nothing there, is not kept.
   * Rejects as `load` does. `look`: the first look at this key, if that was sent ahead.
   */
  text(key: string, policy: CachePolicy, load: Load, look?: FirstLook): Promise<string | undefined>;
  /**
   * Asks the cache, and nobody else, for what `text` may be asked for soon: by the same write as other commands of this turn of the event
   * loop. Never throws; undefined where a reader would not ask, either. `leave` ends it, whether it was used or not.
   */
  lookAhead(key: string): FirstLook | undefined;
  leave(look: FirstLook): void;
  /**
   * What carries one of these tags is stale from now on, on other tasks within `tagMemoryMs`. Never rejects: what cannot be
   * told to the cache now is told when it is back.
   */
  invalidate(tags: readonly string[]): Promise<void>;
  /** Removes one entry on all tasks at once, as a log-out does; what loads it now is not kept. Never rejects, retried likewise. */
  remove(key: string): Promise<void>;
  close(): void;
}

/** Assumptions, but for the guard's. */
const cacheAsideLimits = {
  ...guardLimits,
  /** ms by which the source may lag: 0, unless it is asked of read replicas. */
  sourceLagMs: 0,
  /** Seconds that something is kept which a source that lags may have given from before a change. */
  doubtfulSeconds: 1,
  /** ms that the mark of what was removed stays: longer than a load can take, waiting for a connection and an answer. */
  removedMs: 40_000,
  /** ms that a task remembers versions of tags, so that a hit is one GET. */
  tagMemoryMs: 1_000,
  /** ms that a load may take before another task may load the same. */
  lockMs: 5_000,
  /** ms that a reader waits for a task that loads the same; then it loads, too. */
  waitMs: 200,
  pollMs: 20,
} as const;

/** Shares of an entry's time: by how much it is cut at random, so that not all end together, and after which it is refreshed. */
const jitter = 0.1;
const refreshAfter = 0.9;

/** Stands where an entry was removed, for as long as a load may take, and tells those that began before. */
const removed = '';

export interface CacheAsideProps {
  readonly client: Redis | Cluster;
  readonly log: Logger;
  /** Each read is one of these three; those that waited for another's load are misses as well. */
  readonly onHit?: () => void;
  readonly onMiss?: () => void;
  /** The cache was away or slow. */
  readonly onFallback?: () => void;
  readonly limits?: Partial<GuardLimits & { readonly [limit in keyof typeof cacheAsideLimits]: number }>;
  /** ms since 1970. */
  readonly now?: () => number;
  readonly random?: () => number;
}

interface Read {
  readonly text: string | undefined;
  readonly outcome: 'hit' | 'miss' | 'fallback';
}

/** An entry with what stands in the cache for it, or the right to load one: with the lock, or without it after a long wait. */
type Found = { readonly entry: Entry; readonly stored: string } | { readonly entry?: undefined; readonly lock: Lock | undefined };

/**
 * Texts of the source, kept in the cache: docs/decisions/15-cache-aside.md says how. A task asks once for all its readers of a
 * key, and one task loads for all.
 */
export function createCacheAside({
  client,
  log,
  limits: changes,
  now = Date.now,
  random = Math.random,
  ...props
}: CacheAsideProps): CacheAside {
  const limits = { ...cacheAsideLimits, ...changes };
  const guard = createGuard({ client, log, caller: 'cache-aside', limits, now });
  const pendingInvalidations = createPendingInvalidations({
    guard,
    retryMs: limits.pauseMs,
    usefulMs: longestSeconds * 1000,
    now,
  });
  const tags = createTags({ guard, pendingInvalidations, memoryMs: limits.tagMemoryMs, sourceLagMs: limits.sourceLagMs, now });
  const locks = createLocks({ client, guard, ...limits, now });
  const report = { hit: props.onHit, miss: props.onMiss, fallback: props.onFallback };
  const looks = createFirstLooks(locks);
  const running = new Map<string, Promise<Read>>();
  const refreshing = new Set<string>();

  const read = async (key: string, policy: CachePolicy, load: Load, look?: FirstLook): Promise<Read> => {
    const found = await find(key, look).catch(unlessAway);
    if (found === undefined) return { outcome: 'fallback', text: (await load())?.text };
    if (found.entry !== undefined) {
      if (found.entry.refreshAt <= now()) void refresh(key, found.stored, policy, load);
      return { outcome: 'hit', text: found.entry.text };
    }
    try {
      return { outcome: 'miss', text: await loadAndKeep(key, policy, load, found.lock) };
    } finally {
      void locks.release(found.lock);
    }
  };

  const find = async (key: string, look?: FirstLook): Promise<Found> => {
    if (pendingInvalidations.isPending(key)) throw new CacheAwayError();
    const looked = look && (await looks.use(look));
    let seen = looked ? looked.seen : ((await guard.ask((cache) => cache.get(key))) ?? '');
    let stored = '';
    for (let waited = 0; ; seen = await locks.take(key, stored)) {
      if (typeof seen === 'string') {
        stored = seen;
        const entry = await currentEntry(stored);
        if (entry !== undefined) return { entry, stored };
      } else if (seen !== undefined || waited >= limits.waitMs) {
        return { lock: seen };
      } else {
        await pause(limits.pollMs);
        waited += limits.pollMs;
      }
    }
  };

  const currentEntry = async (stored: string): Promise<Entry | undefined> => {
    const entry = readEntry(stored);
    return entry !== undefined && (await tags.areCurrent(entry.versions)) ? entry : undefined;
  };

  /** What is kept gives the lock back. */
  const loadAndKeep = async (key: string, policy: CachePolicy, load: Load, lock?: Lock): Promise<string | undefined> => {
    const began = tags.moment();
    const loaded = await load();
    if (loaded !== undefined) {
      const keepable = await tags.versionsOf(loaded.tags, began).catch(unlessAway);
      if (keepable !== undefined) {
        const { versions, doubtful } = keepable;
        const longest = doubtful ? limits.doubtfulSeconds : policy.ttlSeconds;
        const seconds = Math.min(longest, loaded.ttlSeconds ?? Infinity, longestSeconds);
        await keep(key, seconds, { text: loaded.text, versions }, lock).catch(unlessAway);
      }
    }
    return loaded?.text;
  };

  const keep = async (key: string, seconds: number, kept: Omit<Entry, 'refreshAt'>, lock?: Lock): Promise<void> => {
    const lifeMs = Math.ceil(seconds * 1000 * (1 - jitter * random()));
    const entry = writeEntry({ ...kept, refreshAt: Math.floor(now() + lifeMs * refreshAfter) });
    const before = await locks.keep(key, entry, lifeMs, lock);
    if (before === removed) await removeEntry(key); // after this load began
  };

  const removeEntry = (key: string) => pendingInvalidations.tell(key, (cache) => cache.set(key, removed, 'PX', limits.removedMs));

  /** In the background, by one task; after a failure it keeps the lock, which is the pause until the next try. */
  const refresh = async (key: string, stored: string, policy: CachePolicy, load: Load): Promise<void> => {
    if (refreshing.has(key)) return;
    refreshing.add(key);
    try {
      const lock = await locks.take(key, stored);
      if (lock === undefined || typeof lock === 'string') return; // another task is at it, or was faster
      const gone = (await loadAndKeep(key, policy, load, lock)) === undefined;
      if (gone) await removeEntry(key);
      await locks.release(lock);
    } catch (error) {
      if (!(error instanceof CacheAwayError)) log.warn('Refreshing a cached entry failed', describeError(error));
    } finally {
      refreshing.delete(key);
    }
  };

  const begin = (key: string, policy: CachePolicy, load: Load, look?: FirstLook): Promise<Read> => {
    const started = read(key, policy, load, look);
    const done = (): void => {
      if (running.get(key) === started) running.delete(key);
    };
    started.then(done, done);
    running.set(key, started);
    return started;
  };

  return {
    text: async (key, policy, load, look) => {
      const { text, outcome } = await (running.get(key) ?? begin(key, policy, load, look));
      report[outcome]?.();
      return text;
    },
    lookAhead: (key) => (running.has(key) || pendingInvalidations.isPending(key) ? undefined : looks.send(key)),
    leave: (look) => looks.leave(look),
    invalidate: async (changed) => {
      looks.forget();
      running.clear(); // whoever comes now must not get what was loaded before
      await Promise.all(changed.map((tag) => tags.change(tag)));
    },
    remove: async (key) => {
      looks.forget();
      running.delete(key);
      await removeEntry(key);
    },
    close: () => pendingInvalidations.close(),
  };
}

/** To be given to `catch`: the cache being away is no error. */
function unlessAway(error: unknown): undefined {
  if (!(error instanceof CacheAwayError)) throw error;
}
