import { once } from 'node:events';
import type { Cluster, Redis } from 'ioredis';
import { lockKeyOf } from '../../../services/cache-aside/locks';
import { newKey, newTask, policy, single, source, startOn } from './tasks';

/** How often a command was sent since the last `config resetstat`. */
async function sent(client: Redis | Cluster, command: string): Promise<number> {
  const statistics = await client.info('commandstats');
  return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(statistics)?.[1] ?? 0);
}

describe('a first look that is sent ahead', () => {
  it.each(['server', 'cluster'] as const)('is what the reader would have asked for, over a %s', async (kind) => {
    const { cached, reads } = await startOn[kind]();
    const [key, load] = [newKey(), source('products')];
    const read = () => cached.text(key, policy, load, cached.lookAhead(key));
    expect([await read(), await read()]).toEqual(['text 1', 'text 1']);
    expect(reads).toEqual(['miss', 'hit']);
  });

  it('is not asked for again, and shared by those who look at the same time', async () => {
    const { cached, client } = await newTask(single.port);
    const [key, load] = [newKey(), source('products')];
    await cached.text(key, policy, load);
    await client.config('RESETSTAT');
    const looks = [cached.lookAhead(key), cached.lookAhead(key), cached.lookAhead(key)];
    const texts = await Promise.all(looks.map((look) => cached.text(key, policy, load, look)));
    expect(texts).toEqual(['text 1', 'text 1', 'text 1']);
    expect(await sent(client, 'get')).toBe(1);
  });

  it('takes the lock, so that a miss is two commands', async () => {
    const { cached, client } = await newTask(single.port);
    const [key, load] = [newKey(), source('products')];
    await cached.text(newKey(), policy, load); // the version of the tag is remembered
    await client.config('RESETSTAT');
    expect(await cached.text(key, policy, load, cached.lookAhead(key))).toBe('text 2');
    expect(await sent(client, 'evalsha')).toBe(2);
  });

  it('gives the lock back for readers who all turn away, and loads nothing', async () => {
    const { cached, client } = await newTask(single.port);
    const [key, load] = [newKey(), source()];
    const looks = [cached.lookAhead(key), cached.lookAhead(key)];
    await looks[0]?.seen;
    expect(await client.exists(lockKeyOf(key))).toBe(1);
    for (const look of looks) if (look) cached.leave(look);
    await new Promise(setImmediate);
    expect(await client.exists(lockKeyOf(key), key)).toBe(0);
    expect(await cached.text(key, policy, load)).toBe('text 1');
  });

  it('keeps the lock while one of its readers may still use it', async () => {
    const { cached, client } = await newTask(single.port);
    const [key, load] = [newKey(), source()];
    const [refused, allowed] = [cached.lookAhead(key), cached.lookAhead(key)];
    if (refused) cached.leave(refused);
    await refused?.seen;
    expect(await client.exists(lockKeyOf(key))).toBe(1);
    expect(await cached.text(key, policy, load, allowed)).toBe('text 1');
    expect(await client.exists(lockKeyOf(key))).toBe(0);
  });

  it('is of no use to a reader who comes after another one has loaded by its lock', async () => {
    const { cached, reads } = await newTask(single.port);
    const [key, load] = [newKey(), source()];
    const [one, other] = [cached.lookAhead(key), cached.lookAhead(key)];
    expect(await cached.text(key, policy, load, one)).toBe('text 1');
    expect(await cached.text(key, policy, load, other)).toBe('text 1');
    expect(reads).toEqual(['miss', 'hit']);
  });

  it.each([
    ['another look', true],
    ['none', false],
  ])('does not bring back what was removed since then: to somebody who comes later with %s', async (_, looks) => {
    const { cached } = await newTask(single.port);
    const [key, load] = [newKey(), source()];
    await cached.text(key, policy, load);
    const before = cached.lookAhead(key);
    await before?.seen;
    await cached.remove(key);
    const early = cached.text(key, policy, load, before);
    const later = cached.text(key, policy, load, looks ? cached.lookAhead(key) : undefined);
    expect(await Promise.all([early, later])).toEqual(['text 2', 'text 2']);
  });

  it('does not bring back what this task has invalidated since then', async () => {
    const { cached } = await newTask(single.port);
    const key = newKey();
    const load = source(key);
    await cached.text(key, policy, load);
    const before = cached.lookAhead(key);
    await before?.seen;
    await cached.invalidate([key]);
    expect(await cached.text(key, policy, load, before)).toBe('text 2');
  });

  it('is compared with the tags when it is used: another task may have invalidated them since then', async () => {
    const [one, other] = [await newTask(single.port), await newTask(single.port)];
    const key = newKey();
    const load = source(key);
    await one.cached.text(key, policy, load);
    const before = one.cached.lookAhead(key);
    await before?.seen;
    await other.cached.invalidate([key]);
    one.clock.ms += 1_000; // what it remembers of versions
    expect(await one.cached.text(key, policy, load, before)).toBe('text 2');
  });

  it('is not sent where somebody loads the same already', async () => {
    const { cached } = await newTask(single.port);
    const [key, load] = [newKey(), source()];
    const loading = cached.text(key, policy, load);
    expect(cached.lookAhead(key)).toBeUndefined();
    await loading;
    expect(cached.lookAhead(key)).toBeDefined();
  });

  it('fails without the cache as the reader would, and for nobody else', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    try {
      const { cached, client, reads } = await newTask(single.port);
      client.disconnect();
      await once(client, 'end');
      const [key, load] = [newKey(), source()];
      const refused = cached.lookAhead(newKey());
      if (refused) cached.leave(refused);
      expect(await cached.text(key, policy, load, cached.lookAhead(key))).toBe('text 1');
      await new Promise(setImmediate);
      expect([reads, unhandled.mock.calls]).toEqual([['fallback'], []]);
    } finally {
      process.off('unhandledRejection', unhandled);
    }
  });
});
