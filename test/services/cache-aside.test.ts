import { heldSource, newKey, policy, source, startOn, until } from './cache-aside/tasks';

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
