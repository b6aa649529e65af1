import type { Guard } from './guard';

/** What stands in the cache for a key, asked for before it is known whether the reader may have it. */
export interface FirstLook {
  /** Rejects with `CacheAwayError`, which nobody has to handle. */
  readonly stored: Promise<string | null>;
  /** How often anything had been invalidated when it was sent. */
  readonly epoch: number;
}

export interface FirstLooks {
  /** Sends one GET at once, or joins one whose answer is under way. */
  send(key: string): FirstLook;
  /** What it saw, unless something has been invalidated since then: that may be what it saw. */
  use(look: FirstLook | undefined): Promise<string | null> | undefined;
  /** Something is invalidated. */
  forget(): void;
}

export function createFirstLooks(guard: Guard): FirstLooks {
  const underWay = new Map<string, FirstLook>();
  let epoch = 0;
  return {
    send: (key) => {
      const other = underWay.get(key);
      if (other !== undefined) return other;
      const look = { stored: guard.ask((cache) => cache.get(key)), epoch };
      const done = (): void => void underWay.delete(key);
      look.stored.then(done, done);
      underWay.set(key, look);
      return look;
    },
    use: (look) => (look?.epoch === epoch ? look.stored : undefined),
    forget: () => {
      epoch += 1;
    },
  };
}
