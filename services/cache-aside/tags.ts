import { randomBytes } from 'node:crypto';
import type { Guard } from './guard';
import type { PendingInvalidations } from './pending-invalidations';

/** A moment in this process, to tell what was known before a load began from what came in later. */
export interface Moment {
  readonly step: number;
  /** ms, by `performance.now`. */
  readonly time: number;
}

export interface Tags {
  moment(): Moment;
  /** Whether no tag has changed since an entry was loaded under these versions. @throws {CacheAwayError} */
  areCurrent(versions: ReadonlyMap<string, string>): Promise<boolean>;
  /**
   * The versions to keep beside what was loaded since `began`; undefined where a tag changed in the meantime, so that what was
   * loaded may be older than the change. `doubtful`: it changed so shortly before that a source that lags may not have known.
   * @throws {CacheAwayError}
   */
  versionsOf(tags: readonly string[], began: Moment): Promise<KeepableVersions | undefined>;
  /** Gives a tag another version. Never rejects. */
  change(tag: string): Promise<void>;
}

export interface KeepableVersions {
  readonly versions: ReadonlyMap<string, string>;
  readonly doubtful: boolean;
}

export interface TagsProps {
  /** ms by which the source may lag behind who changes it. */
  readonly sourceLagMs: number;
  readonly guard: Guard;
  readonly pendingInvalidations: PendingInvalidations;
  /** ms that a version is remembered without asking. */
  readonly memoryMs: number;
  readonly now: () => number;
}

/**
 * ms that the cache keeps a tag without a change, longer than any entry. A tag that it loses gets a version that nobody has
 * seen: a lost tag makes its entries stale, never fresh again.
 */
const tagLifeMs = 24 * 60 * 60 * 1000;

/** ms by which an age is too high at the most, since the cache counts whole ones. */
const clockStepMs = 1;

/** Versions in memory; beyond that all are forgotten, which costs a question for each. */
const mostRemembered = 10_000;

interface Known {
  readonly version: string;
  /** By `performance.now`, never before it really changed. */
  readonly changedAt: number;
  /** The step at which this process heard of it. */
  readonly learnt: number;
  readonly until: number;
}

const isKnown = (state: Known | undefined): state is Known => state !== undefined;

const keyOf = (tag: string): string => `tag:${tag}`;
const newVersion = (): string => randomBytes(9).toString('base64url');

/** Versions of tags: one key each, written at each change and compared by whoever reads an entry. */
export function createTags({ guard, pendingInvalidations, memoryMs, sourceLagMs, now }: TagsProps): Tags {
  const known = new Map<string, Known>();
  const asking = new Map<string, Promise<Known>>();
  let step = 0;

  const knowing = (version: string, changedAt: number): Known => ({
    version,
    changedAt,
    learnt: ++step,
    until: now() + memoryMs,
  });
  const remember = (tag: string, state: Known): void => {
    if (known.size >= mostRemembered) known.clear();
    known.set(tag, state);
  };
  const remembered = (tag: string): Known | undefined => {
    const state = known.get(tag);
    return state !== undefined && state.until > now() ? state : undefined;
  };
  const fetch = async (tag: string): Promise<Known> => {
    const key = keyOf(tag);
    const [version, leftMs] = await guard.ask((client) => Promise.all([client.get(key), client.pttl(key)]));
    // Its age by the cache's own clock: clocks of tasks need not agree.
    if (version !== null && leftMs >= 0) return knowing(version, performance.now() - (tagLifeMs - leftMs) + clockStepMs);
    const first = newVersion();
    const written = await guard.ask((client) => client.set(key, first, 'PX', tagLifeMs, 'NX'));
    return written === null ? fetch(tag) : knowing(first, -Infinity);
  };
  /** Asks the cache; once for all who want to know at the same time. */
  const learn = (tag: string): Promise<Known> => {
    const running = asking.get(tag);
    if (running !== undefined) return running;
    const question = fetch(tag).then((state) => {
      if (asking.get(tag) === question) remember(tag, state); // else it changed while the answer was under way
      return state;
    });
    asking.set(tag, question);
    const done = (): void => {
      if (asking.get(tag) === question) asking.delete(tag);
    };
    question.then(done, done);
    return question;
  };

  return {
    moment: () => ({ step, time: performance.now() }),
    areCurrent: async (versions) => {
      const doubtful: string[] = [];
      for (const [tag, version] of versions) {
        if (pendingInvalidations.isPending(keyOf(tag))) return false;
        if (remembered(tag)?.version !== version) doubtful.push(tag);
      }
      if (doubtful.length === 0) return true;
      // Another version than the remembered one may be a newer one, of a task that heard of a change before this one.
      const states = await Promise.all(doubtful.map(learn));
      return states.every(({ version }, index) => version === versions.get(doubtful[index] ?? ''));
    },
    versionsOf: async (tags, began) => {
      const found = tags.map(remembered);
      // A promise for each of a list's two dozen tags costs more than all else of a miss: there is one where the cache is asked.
      const states = found.every(isKnown) ? found : await Promise.all(tags.map(async (tag) => remembered(tag) ?? learn(tag)));
      const raced = states.some(({ learnt, changedAt }) => learnt > began.step && changedAt >= began.time);
      if (raced) return undefined;
      const doubtful = sourceLagMs > 0 && states.some(({ changedAt }) => changedAt >= began.time - sourceLagMs);
      return { versions: new Map(tags.map((tag, index) => [tag, states[index]?.version ?? ''])), doubtful };
    },
    change: async (tag) => {
      const version = newVersion();
      const forget = (): void => {
        known.delete(tag);
        asking.delete(tag);
      };
      forget();
      await pendingInvalidations.tell(keyOf(tag), async (client) => {
        await client.set(keyOf(tag), version, 'PX', tagLifeMs);
        forget();
      });
    },
  };
}
