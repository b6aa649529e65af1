import type { Cluster, Redis } from 'ioredis';
import { firstLine } from './entry';
import type { Guard } from './guard';

/** The right of one task to load a key for all. */
export interface Lock {
  readonly key: string;
  /** ms, by `now`: later it may have ended, and be somebody else's. */
  readonly safeUntil: number;
  /** Until it is given back. */
  held: boolean;
}

export interface Locks {
  /**
   * Takes the lock of a key, unless something else than what was `seen` stands there by now, told by its first line: then its text. `seen` is
   * empty where nothing stood there. undefined while another task holds the lock. One command. @throws {CacheAwayError}
   */
  take(key: string, seen: string): Promise<Lock | string | undefined>;
  /** Keeps an entry and gives the lock back, in one command; gives what stood there before. @throws {CacheAwayError} */
  keep(key: string, entry: string, lifeMs: number, lock?: Lock): Promise<string | null>;
  /** Gives a lock back, if that is still to be done; one that may have ended already is left to end. Never rejects. */
  release(lock: Lock | undefined): Promise<void>;
}

interface LocksProps {
  readonly client: Redis | Cluster;
  readonly guard: Guard;
  /** ms after which a lock ends by itself, whatever became of its holder. */
  readonly lockMs: number;
  /** ms that the guard lets a command take. */
  readonly commandMs: number;
  readonly now: () => number;
}

const taken = 1;

/** Keys: entry, lock. Arguments: first line of what was seen, ms of the lock. */
const takeOrRead = `
local stored = redis.call('GET', KEYS[1])
if stored and stored ~= '' then
  local first = string.match(stored, '^[^\\n]*')
  if first ~= ARGV[1] then return stored end
end
if redis.call('SET', KEYS[2], '', 'PX', ARGV[2], 'NX') then return ${taken} end
return 0`;

/** Keys: entry, lock. Arguments: the entry, its ms. */
const keepAndRelease = `
local before = redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'GET')
redis.call('DEL', KEYS[2])
return before`;

type Scripts = Redis & {
  takeOrRead(key: string, lock: string, seen: string, lockMs: number): Promise<string | number>;
  keepAndRelease(key: string, lock: string, entry: string, lifeMs: number): Promise<string | null>;
};

/** By scripts, since a command each for lock, second look and release cost a miss a quarter of its time (docs/benchmarks.md). */
export function createLocks({ client, guard, lockMs, commandMs, now }: LocksProps): Locks {
  client.defineCommand('takeOrRead', { numberOfKeys: 2, lua: takeOrRead });
  client.defineCommand('keepAndRelease', { numberOfKeys: 2, lua: keepAndRelease });
  const run = <T>(script: (scripts: Scripts) => Promise<T>): Promise<T> => guard.ask((asked) => script(asked as Scripts));
  /** Once. */
  const giveBack = (lock: Lock | undefined): lock is Lock => {
    if (lock === undefined || !lock.held || now() >= lock.safeUntil) return false;
    lock.held = false;
    return true;
  };
  return {
    take: async (key, seen) => {
      const lock = { key: lockKeyOf(key), safeUntil: now() + lockMs - commandMs, held: true };
      const answer = await run((scripts) => scripts.takeOrRead(key, lock.key, firstLine(seen), lockMs));
      if (typeof answer === 'string') return answer;
      return answer === taken ? lock : undefined;
    },
    keep: (key, entry, lifeMs, lock) =>
      giveBack(lock)
        ? run((scripts) => scripts.keepAndRelease(key, lock.key, entry, lifeMs))
        : guard.ask((asked) => asked.set(key, entry, 'PX', lifeMs, 'GET')),
    release: async (lock) => {
      if (giveBack(lock)) await guard.ask((asked) => asked.del(lock.key)).catch(() => undefined);
    },
  };
}

/**
 * In the slot of its key, as a script in cluster mode needs it: that of what stands between the first pair of braces, or of the whole key.
 * @throws {RangeError} for a key whose slot no other key can name.
 */
export function lockKeyOf(key: string): string {
  if (/^[^{]*\{[^}]+\}/.test(key)) return `lock:${key}`;
  if (key.includes('}') || key === '')
    throw new RangeError(`A key has no brace that closes and none that opens: ${JSON.stringify(key)}`);
  return `lock:{${key}}`;
}
