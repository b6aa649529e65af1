import type { Lock, Locks } from './locks';

/** The text that stands in the cache for a key; where none does the right to load one; undefined while another task has that right. */
type Seen = string | Lock | undefined;

/** What the cache said of a key before it was known whether the reader may have it. */
export interface FirstLook {
  /** Rejects with `CacheAwayError`, which nobody has to handle. */
  readonly seen: Promise<Seen>;
  /** How often anything had been invalidated when it was sent. */
  readonly epoch: number;
  /** Those who sent or joined it and have not left. */
  readers: number;
  /** Somebody loads by its lock. */
  isClaimed: boolean;
}

export interface FirstLooks {
  /** Sends one command at once, or joins one whose answer is under way. Whoever got it calls `leave` in the end. */
  send(key: string): FirstLook;
  /**
   * What it saw, and its lock, which the caller has to give back. undefined: ask again, since another reader has used the lock, or something
   * has been invalidated since then, which may be what it saw. @throws {CacheAwayError}
   */
  use(look: FirstLook): Promise<{ readonly seen: Seen } | undefined>;
  /** Gives the lock back that no reader has used. Never throws. */
  leave(look: FirstLook): void;
  /** Something is invalidated. */
  forget(): void;
}

export function createFirstLooks(locks: Pick<Locks, 'take' | 'release'>): FirstLooks {
  const underWay = new Map<string, FirstLook>();
  let epoch = 0;
  const releaseLock = (seen: Seen): void => void (typeof seen === 'object' && locks.release(seen));
  return {
    send: (key) => {
      const other = underWay.get(key);
      if (other !== undefined) {
        other.readers += 1;
        return other;
      }
      const look = { seen: locks.take(key, ''), epoch, readers: 1, isClaimed: false };
      const done = (): void => void underWay.delete(key);
      look.seen.then(done, done);
      underWay.set(key, look);
      return look;
    },
    use: async (look) => {
      const seen = await look.seen;
      if (typeof seen === 'string') return look.epoch === epoch ? { seen } : undefined;
      if (seen === undefined) return { seen };
      if (look.isClaimed) return undefined;
      look.isClaimed = true;
      return { seen };
    },
    leave: (look) => {
      look.readers -= 1;
      if (look.readers > 0 || look.isClaimed) return;
      look.seen.then(releaseLock, () => undefined);
    },
    forget: () => {
      epoch += 1;
    },
  };
}
