import type { Guard } from './guard';

/** Gives a lock back; one that may have ended already is left to end. Never rejects. */
export type Release = () => Promise<void>;

interface LocksProps {
  readonly guard: Guard;
  /** ms after which a lock ends by itself, whatever became of its holder. */
  readonly lockMs: number;
  /** ms that the guard lets a command take. */
  readonly commandMs: number;
  readonly now: () => number;
}

/** Takes the lock of a key; undefined while another task holds it. @throws {CacheAwayError} */
export function lockTaker({ guard, lockMs, commandMs, now }: LocksProps): (key: string) => Promise<Release | undefined> {
  return async (key) => {
    const lock = `lock:${key}`;
    const safeUntil = now() + lockMs - commandMs;
    const taken = await guard.ask((client) => client.set(lock, '', 'PX', lockMs, 'NX'));
    if (taken === null) return undefined;
    return async () => {
      // Later it could be somebody else's.
      if (now() < safeUntil) await guard.ask((client) => client.del(lock)).catch(() => undefined);
    };
  };
}
