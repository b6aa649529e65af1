import { once } from 'node:events';
import type { Cluster, Redis } from 'ioredis';
import type { ValkeyPart } from '../../bin/local/parts/valkey';
import { type CacheAside, type CacheAsideProps, createCacheAside, type Loaded } from '../../services/cache-aside';
import { cacheTimes } from '../../services/cache-aside/cache-times';
import { setUp, stoppedAfterEach } from '../support/set-up';
import { collectedLog } from './parts/collected-log';
import { patient, patientCache } from './parts/patient-cache';
import { startCache, startCacheCluster } from './parts/valkey';
import type { ValkeyCluster } from './parts/valkey-cluster';

const policy = { ttlSeconds: cacheTimes.productList };
const started = stoppedAfterEach();

interface Task {
  readonly cached: CacheAside;
  readonly client: Redis | Cluster;
  readonly clock: { ms: number };
  readonly reads: string[];
  readonly lines: () => Record<string, unknown>[];
}

async function startTask(port: number, clusterMode = false, props: Partial<CacheAsideProps> = {}): Promise<Task> {
  const { log, lines } = collectedLog();
  const cache = await patientCache(started, port, log, clusterMode);
  const clock = { ms: Date.now() };
  const reads: string[] = [];
  const cached = createCacheAside({
    client: cache.client,
    log,
    now: () => clock.ms,
    onHit: () => reads.push('hit'),
    onMiss: () => reads.push('miss'),
    onFallback: () => reads.push('fallback'),
    ...props,
    limits: { ...patient, ...props.limits },
  });
  started.defer(() => cached.close());
  return { cached, client: cache.client, clock, reads, lines };
}

let keys = 0;
const newKey = (): string => `test:${++keys}`;

/** A source that numbers what it gives. */
const source = (...tags: string[]) => {
  let times = 0;
  return jest.fn(async (): Promise<Loaded | undefined> => ({ text: `text ${++times}`, tags }));
};

/** A source that answers when the test says so. */
function heldSource(...tags: string[]) {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const load = jest.fn(async (): Promise<Loaded> => {
    begin();
    await released;
    return { text: 'held', tags };
  });
  return { load, begun, release };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate);
}

let single: ValkeyPart;
let cluster: ValkeyCluster;
setUp(async (things) => {
  [single, cluster] = await Promise.all([things.use(startCache()), things.use(startCacheCluster())]);
});

const startOn = {
  server: (props?: Partial<CacheAsideProps>) => startTask(single.port, false, props),
  cluster: (props?: Partial<CacheAsideProps>) => startTask(cluster.port, true, props),
};

describe.each(['server', 'cluster'] as const)('cache-aside over a %s', (kind) => {
  it('loads once and then reads from the cache', async () => {
    const { cached, reads } = await startOn[kind]();
    const [key, load] = [newKey(), source('products')];
    expect([await cached.text(key, policy, load), await cached.text(key, policy, load)]).toEqual(['text 1', 'text 1']);
    expect(reads).toEqual(['miss', 'hit']);
  });

  it('shares what it keeps with other tasks', async () => {
    const [one, other] = [await startOn[kind](), await startOn[kind]()];
    const [key, load] = [newKey(), source('products')];
    await one.cached.text(key, policy, load);
    expect(await other.cached.text(key, policy, load)).toBe('text 1');
    expect(other.reads).toEqual(['hit']);
  });

  it('does not keep that there is nothing', async () => {
    const { cached } = await startOn[kind]();
    const [key, load] = [newKey(), jest.fn(async () => undefined)];
    expect([await cached.text(key, policy, load), await cached.text(key, policy, load)]).toEqual([undefined, undefined]);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('loads again what carries an invalidated tag, and nothing else', async () => {
    const { cached } = await startOn[kind]();
    const [changed, same] = [newKey(), newKey()];
    const [load, loadSame] = [source('products', `product:${changed}`), source('products')];
    await cached.text(changed, policy, load);
    await cached.text(same, policy, loadSame);
    await cached.invalidate([`product:${changed}`]);
    expect(await cached.text(changed, policy, load)).toBe('text 2');
    expect(await cached.text(changed, policy, load)).toBe('text 2');
    expect(await cached.text(same, policy, loadSame)).toBe('text 1');
  });

  it('lets another task know of an invalidation when it has forgotten the version', async () => {
    const [one, other] = [await startOn[kind](), await startOn[kind]()];
    const key = newKey();
    const load = source(key);
    await one.cached.text(key, policy, load);
    await other.cached.text(key, policy, load);
    await one.cached.invalidate([key]);
    other.clock.ms += 1_000;
    expect(await other.cached.text(key, policy, load)).toBe('text 2');
  });

  it('takes what a better informed task has loaded', async () => {
    const [one, other] = [await startOn[kind](), await startOn[kind]()];
    const key = newKey();
    const load = source(key);
    await one.cached.text(key, policy, load);
    await other.cached.text(key, policy, load);
    await one.cached.invalidate([key]);
    await one.cached.text(key, policy, load);
    expect(await other.cached.text(key, policy, load)).toBe('text 2'); // though it remembers the version before
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('does not let a load survive that raced with an invalidation', async () => {
    const { cached } = await startOn[kind]();
    const key = newKey();
    const { load, begun, release } = heldSource(key);
    const old = cached.text(key, policy, load);
    await begun;
    await cached.invalidate([key]);
    release();
    expect(await old).toBe('held');
    expect(await cached.text(key, policy, source(key))).toBe('text 1');
  });

  it.each([
    ['a second only, what a source that lags gave right after an invalidation', 60_000, 1_000],
    ['as long as ever, what a source gave that does not lag', 0, 600_000],
  ])('keeps %s', async (_, sourceLagMs, mostMs) => {
    const { cached, client } = await startOn[kind]({ limits: { sourceLagMs } });
    const [key, tag] = [newKey(), newKey()];
    await cached.invalidate([tag]);
    let keptMs = 0;
    // In the millisecond of the invalidation itself nothing is kept at all.
    await until(async () => {
      await cached.text(key, policy, source(tag));
      keptMs = await client.pttl(key);
      return keptMs > 0;
    });
    expect(keptMs).toBeGreaterThan(mostMs / 2);
    expect(keptMs).toBeLessThanOrEqual(mostMs);
  });

  it('does not let it survive either when another task invalidates', async () => {
    const [one, other] = [await startOn[kind](), await startOn[kind]()];
    const key = newKey();
    const { load, begun, release } = heldSource(key);
    const old = one.cached.text(key, policy, load);
    await begun;
    await other.cached.invalidate([key]);
    release();
    await old;
    expect(await one.cached.text(key, policy, source(key))).toBe('text 1');
  });

  it('does not hand a load that began before an invalidation to a reader who came after it', async () => {
    const { cached } = await startOn[kind]();
    const key = newKey();
    const { load, begun, release } = heldSource(key);
    const old = cached.text(key, policy, load);
    await begun;
    await cached.invalidate([key]);
    expect(await cached.text(key, policy, source(key))).toBe('text 1');
    release();
    expect(await old).toBe('held');
  });

  it('removes an entry on all tasks at once', async () => {
    const [one, other] = [await startOn[kind](), await startOn[kind]()];
    const [key, load] = [newKey(), source('sessions')];
    await one.cached.text(key, policy, load);
    await other.cached.remove(key);
    expect(await one.cached.text(key, policy, async () => undefined)).toBeUndefined();
  });

  it('does not let a load survive that raced with a removal', async () => {
    const [one, other] = [await startOn[kind](), await startOn[kind]()];
    const key = newKey();
    const { load, begun, release } = heldSource('sessions');
    const old = one.cached.text(key, policy, load);
    await begun;
    await other.cached.remove(key);
    release();
    await old;
    expect(await one.cached.text(key, policy, async () => undefined)).toBeUndefined();
  });

  it('makes one query for a thousand readers of two tasks when there is nothing yet', async () => {
    const tasks = [await startOn[kind](), await startOn[kind]()];
    const key = newKey();
    const { load, begun, release } = heldSource('products');
    const reads = tasks.flatMap(({ cached }) => Array.from({ length: 500 }, () => cached.text(key, policy, load)));
    await begun;
    release();
    expect(new Set(await Promise.all(reads))).toEqual(new Set(['held']));
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('serves what is about to expire while one of two tasks refreshes it', async () => {
    const tasks = [await startOn[kind](), await startOn[kind]()];
    const key = newKey();
    const load = source('products');
    for (const { cached } of tasks) await cached.text(key, policy, load);
    for (const { clock } of tasks) clock.ms += policy.ttlSeconds * 1000;
    const { load: held, begun, release } = heldSource('products');
    const reads = () => tasks.flatMap(({ cached }) => Array.from({ length: 10 }, () => cached.text(key, policy, held)));
    expect(new Set(await Promise.all(reads()))).toEqual(new Set(['text 1']));
    await begun;
    expect(new Set(await Promise.all(reads()))).toEqual(new Set(['text 1']));
    release();
    await until(async () => (await Promise.all(reads())).every((text) => text === 'held'));
    expect(held).toHaveBeenCalledTimes(1);
  });
});

describe('the time of an entry', () => {
  it.each([
    [0, 600_000],
    [0.5, 570_000],
    [0.999, 540_000],
  ])('is cut at random, so that not all end together: %d', async (random, expectedMs) => {
    const { cached, client } = await startTask(single.port, false, { random: () => random });
    const key = newKey();
    await cached.text(key, policy, source());
    const leftMs = await client.pttl(key);
    expect(leftMs).toBeLessThanOrEqual(expectedMs + 100);
    expect(leftMs).toBeGreaterThan(expectedMs - 5_000);
  });

  it('is never longer than the longest of the table', async () => {
    const { cached, client } = await startTask(single.port);
    const key = newKey();
    await cached.text(key, { ttlSeconds: 1_000_000 }, source());
    expect(await client.pttl(key)).toBeLessThanOrEqual(cacheTimes.categories * 1000);
  });

  it('is over at once for what is gone when it is refreshed', async () => {
    const { cached, clock } = await startTask(single.port);
    const key = newKey();
    await cached.text(key, policy, source());
    clock.ms += policy.ttlSeconds * 1000;
    await until(async () => (await cached.text(key, policy, async () => undefined)) === undefined);
    expect(await cached.text(key, policy, source())).toBe('text 1');
  });
});

describe('a hit', () => {
  it('is one GET and nothing else', async () => {
    const { cached, client } = await startTask(single.port);
    const [key, load] = [newKey(), source('products', 'brands', 'categories')];
    await cached.text(key, policy, load);
    await client.config('RESETSTAT');
    for (let times = 0; times < 10; times++) await cached.text(key, policy, load);
    const statistics = await client.info('commandstats');
    const calls = [...statistics.matchAll(/cmdstat_(\S+):calls=(\d+)/g)].map(([, command, number]) => `${command} ${number}`);
    expect(calls.filter((call) => !call.startsWith('config'))).toEqual(['get 10']);
  });

  it('is shared by readers at the same time', async () => {
    const { cached, client } = await startTask(single.port);
    const [key, load] = [newKey(), source('products')];
    await cached.text(key, policy, load);
    await client.config('RESETSTAT');
    await Promise.all(Array.from({ length: 100 }, () => cached.text(key, policy, load)));
    expect(await client.info('commandstats')).toMatch(/cmdstat_get:calls=1,/);
  });
});

describe('what is not as it should be', () => {
  it('takes an entry that nobody can read for none', async () => {
    const { cached, client, reads } = await startTask(single.port);
    const key = newKey();
    await client.set(key, 'of an older version of this code');
    expect(await cached.text(key, policy, source())).toBe('text 1');
    expect(await cached.text(key, policy, source())).toBe('text 1');
    expect(reads).toEqual(['miss', 'hit']);
  });

  it('takes entries for stale when the cache lost the version of their tag', async () => {
    const { cached, client, clock } = await startTask(single.port);
    const key = newKey();
    const load = source(key);
    await cached.text(key, policy, load);
    await client.del(`tag:${key}`);
    clock.ms += 1_000;
    expect(await cached.text(key, policy, load)).toBe('text 2');
  });

  it('tells all who waited that a load failed, and keeps nothing', async () => {
    const { cached } = await startTask(single.port);
    const key = newKey();
    const failing = jest.fn(async () => {
      throw new Error('no database');
    });
    const reads = await Promise.allSettled(Array.from({ length: 10 }, () => cached.text(key, policy, failing)));
    expect(reads.every(({ status }) => status === 'rejected')).toBe(true);
    expect(failing).toHaveBeenCalledTimes(1);
    expect(await cached.text(key, policy, source())).toBe('text 1');
  });

  it('serves what it has and says so when a refresh fails, and waits for the lock before the next try', async () => {
    const { cached, clock, lines } = await startTask(single.port);
    const key = newKey();
    await cached.text(key, policy, source());
    clock.ms += policy.ttlSeconds * 1000;
    const failing = jest.fn(async () => {
      throw new Error('no database');
    });
    await cached.text(key, policy, failing);
    await until(() => lines().some(({ message }) => message === 'Refreshing what is cached failed'));
    for (let times = 0; times < 5; times++) expect(await cached.text(key, policy, failing)).toBe('text 1');
    expect(failing).toHaveBeenCalledTimes(1);
  });

  it('loads without the lock of a task that died, after a short wait', async () => {
    const { cached, client } = await startTask(single.port, false, { limits: { waitMs: 20, pollMs: 5 } });
    const key = newKey();
    await client.set(`lock:${key}`, '', 'PX', 60_000, 'NX');
    expect(await cached.text(key, policy, source())).toBe('text 1');
    expect(await cached.text(key, policy, source())).toBe('text 1'); // and keeps it
  });

  it('refreshes when the lock of a task that died is over', async () => {
    const { cached, client, clock } = await startTask(single.port);
    const key = newKey();
    await cached.text(key, policy, source());
    clock.ms += policy.ttlSeconds * 1000;
    await client.set(`lock:${key}`, '', 'PX', 50, 'NX');
    const load = source();
    await cached.text(key, policy, load);
    await until(async () => {
      await cached.text(key, policy, load);
      return load.mock.calls.length > 0;
    });
    expect(load).toHaveBeenCalled();
  });
});

const fresh = async (): Promise<Loaded> => ({ text: 'fresh', tags: [] });

describe('without the cache', () => {
  const limits = { failures: 3, pauseMs: 50 };

  it('asks the source, once for all who read at the same time', async () => {
    const { cached, client, reads } = await startTask(single.port);
    client.disconnect();
    await once(client, 'end');
    const load = source('products');
    const key = newKey();
    await Promise.all([cached.text(key, policy, load), cached.text(key, policy, load)]);
    expect(load).toHaveBeenCalledTimes(1);
    expect(reads).toEqual(['fallback', 'fallback']);
  });

  it('does not wait for one that hangs, and uses it again when it answers', async () => {
    const { cached, reads, clock, lines } = await startTask(single.port, false, { limits: { ...limits, commandMs: 50 } });
    const [key, load] = [newKey(), source('products')];
    process.kill(single.pid, 'SIGSTOP');
    try {
      for (let times = 0; times < 10; times++) await cached.text(newKey(), policy, load);
    } finally {
      process.kill(single.pid, 'SIGCONT');
    }
    expect(reads).toEqual(Array.from({ length: 10 }, () => 'fallback'));
    await until(async () => {
      clock.ms += limits.pauseMs;
      await cached.text(key, policy, load);
      return reads.at(-1) === 'hit';
    });
    const levels = lines()
      .filter(({ caller }) => caller === 'cache-aside')
      .map(({ level }) => level);
    expect(levels).toEqual(['warn', 'info']);
  });

  it('goes on by itself when the cache was killed and starts again, empty', async () => {
    const first = await started.use(startCache());
    const { cached, reads, clock } = await startTask(first.port, false, { limits });
    const [key, load] = [newKey(), source('products')];
    await cached.text(key, policy, load);
    await first.kill();
    expect(await cached.text(key, policy, load)).toBe('text 2');
    expect(reads).toEqual(['miss', 'fallback']);
    await started.use(startCache({ port: first.port }));
    await until(async () => {
      clock.ms += limits.pauseMs;
      await cached.text(key, policy, load);
      return reads.at(-1) === 'hit';
    });
    expect(reads).toContain('miss');
  });

  /** A task that changed something while its connection was away, and has it again. */
  async function changedWhileAway() {
    const one = await startTask(single.port, false, { limits });
    const [tagged, removed] = [newKey(), newKey()];
    await one.cached.text(tagged, policy, source(tagged));
    await one.cached.text(removed, policy, source('sessions'));
    one.client.disconnect();
    await once(one.client, 'end');
    await one.cached.invalidate([tagged]);
    await one.cached.remove(removed);
    await one.client.connect();
    one.clock.ms += limits.pauseMs;
    return { one, changed: [tagged, removed] };
  }

  it('does not believe what the cache has while it has not heard of an invalidation or a removal', async () => {
    const { one, changed } = await changedWhileAway();
    expect(await Promise.all(changed.map((key) => one.cached.text(key, policy, fresh)))).toEqual(['fresh', 'fresh']);
  });

  it('tells an invalidation and a removal when the cache is back', async () => {
    const { one, changed } = await changedWhileAway();
    const other = await startTask(single.port, false, { limits: { tagMemoryMs: 0 } });
    await until(async () => {
      one.clock.ms += limits.pauseMs;
      const texts = await Promise.all(changed.map((key) => other.cached.text(key, policy, fresh)));
      return texts.every((text) => text === 'fresh');
    });
    expect(other.reads).toContain('hit'); // of what had not been told yet
  });
});
