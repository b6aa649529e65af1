import { cacheTimes } from '../../../services/cache-aside/cache-times';
import { lockKeyOf } from '../../../services/cache-aside/locks';
import { newKey, newTask, policy, single, source, until } from './tasks';

describe('the time of an entry', () => {
  it.each([
    [0, 600_000],
    [0.5, 570_000],
    [0.999, 540_000],
  ])('is cut at random, so that not all end together: %d', async (random, expectedMs) => {
    const { cached, client } = await newTask(single.port, false, { random: () => random });
    const key = newKey();
    await cached.text(key, policy, source());
    const leftMs = await client.pttl(key);
    expect(leftMs).toBeLessThanOrEqual(expectedMs + 100);
    expect(leftMs).toBeGreaterThan(expectedMs - 5_000);
  });

  it('is never longer than the longest of the table', async () => {
    const { cached, client } = await newTask(single.port);
    const key = newKey();
    await cached.text(key, { ttlSeconds: 1_000_000 }, source());
    expect(await client.pttl(key)).toBeLessThanOrEqual(cacheTimes.categories * 1000);
  });

  it('is as short as the source says, and no longer than the policy', async () => {
    const { cached, client } = await newTask(single.port);
    const [short, long] = [newKey(), newKey()];
    await cached.text(short, policy, async () => ({ text: 'a', tags: [], ttlSeconds: 90.5 }));
    await cached.text(long, policy, async () => ({ text: 'a', tags: [], ttlSeconds: 1_000_000 }));
    expect(await client.pttl(short)).toBeLessThanOrEqual(90_500);
    expect(await client.pttl(short)).toBeGreaterThan(60_000);
    expect(await client.pttl(long)).toBeLessThanOrEqual(policy.ttlSeconds * 1000);
  });

  it('is over at once for what is gone when it is refreshed', async () => {
    const { cached, clock } = await newTask(single.port);
    const key = newKey();
    await cached.text(key, policy, source());
    clock.ms += policy.ttlSeconds * 1000;
    await until(async () => (await cached.text(key, policy, async () => undefined)) === undefined);
    expect(await cached.text(key, policy, source())).toBe('text 1');
  });
});

describe('a hit', () => {
  it('is one GET and nothing else', async () => {
    const { cached, client } = await newTask(single.port);
    const [key, load] = [newKey(), source('products', 'brands', 'categories')];
    await cached.text(key, policy, load);
    await client.config('RESETSTAT');
    for (let times = 0; times < 10; times++) await cached.text(key, policy, load);
    const statistics = await client.info('commandstats');
    const calls = [...statistics.matchAll(/cmdstat_(\S+):calls=(\d+)/g)].map(([, command, number]) => `${command} ${number}`);
    expect(calls.filter((call) => !call.startsWith('config'))).toEqual(['get 10']);
  });

  it('is shared by readers at the same time', async () => {
    const { cached, client } = await newTask(single.port);
    const [key, load] = [newKey(), source('products')];
    await cached.text(key, policy, load);
    await client.config('RESETSTAT');
    await Promise.all(Array.from({ length: 100 }, () => cached.text(key, policy, load)));
    expect(await client.info('commandstats')).toMatch(/cmdstat_get:calls=1,/);
  });
});

describe('what is not as it should be', () => {
  it('takes an entry that nobody can read for none', async () => {
    const { cached, client, reads } = await newTask(single.port);
    const key = newKey();
    await client.set(key, 'of an older version of this code');
    expect(await cached.text(key, policy, source())).toBe('text 1');
    expect(await cached.text(key, policy, source())).toBe('text 1');
    expect(reads).toEqual(['miss', 'hit']);
  });

  it('takes entries for stale when the cache lost the version of their tag', async () => {
    const { cached, client, clock } = await newTask(single.port);
    const key = newKey();
    const load = source(key);
    await cached.text(key, policy, load);
    await client.del(`tag:${key}`);
    clock.ms += 1_000;
    expect(await cached.text(key, policy, load)).toBe('text 2');
  });

  it('tells all who waited that a load failed, and keeps nothing', async () => {
    const { cached } = await newTask(single.port);
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
    const { cached, clock, lines } = await newTask(single.port);
    const key = newKey();
    await cached.text(key, policy, source());
    clock.ms += policy.ttlSeconds * 1000;
    const failing = jest.fn(async () => {
      throw new Error('no database');
    });
    await cached.text(key, policy, failing);
    await until(() => lines().some(({ message }) => message === 'Refreshing a cached entry failed'));
    for (let times = 0; times < 5; times++) expect(await cached.text(key, policy, failing)).toBe('text 1');
    expect(failing).toHaveBeenCalledTimes(1);
  });

  it('loads without the lock of a task that died, after a short wait', async () => {
    const { cached, client } = await newTask(single.port, false, { limits: { waitMs: 20, pollMs: 5 } });
    const key = newKey();
    await client.set(lockKeyOf(key), '', 'PX', 60_000, 'NX');
    expect(await cached.text(key, policy, source())).toBe('text 1');
    expect(await cached.text(key, policy, source())).toBe('text 1'); // and keeps it
  });

  it('refreshes when the lock of a task that died is over', async () => {
    const { cached, client, clock } = await newTask(single.port);
    const key = newKey();
    await cached.text(key, policy, source());
    clock.ms += policy.ttlSeconds * 1000;
    await client.set(lockKeyOf(key), '', 'PX', 50, 'NX');
    const load = source();
    await cached.text(key, policy, load);
    await until(async () => {
      await cached.text(key, policy, load);
      return load.mock.calls.length > 0;
    });
    expect(load).toHaveBeenCalled();
  });
});
