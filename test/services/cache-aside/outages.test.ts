import { once } from 'node:events';
import { type Loaded } from '../../../services/cache-aside';
import { startCache } from '../parts/valkey';
import { newKey, newTask, policy, single, source, started, until } from './tasks';

const fresh = async (): Promise<Loaded> => ({ text: 'fresh', tags: [] });

describe('without the cache', () => {
  const limits = { failures: 3, pauseMs: 50 };

  it('asks the source, once for all who read at the same time', async () => {
    const { cached, client, reads } = await newTask(single.port);
    client.disconnect();
    await once(client, 'end');
    const load = source('products');
    const key = newKey();
    await Promise.all([cached.text(key, policy, load), cached.text(key, policy, load)]);
    expect(load).toHaveBeenCalledTimes(1);
    expect(reads).toEqual(['fallback', 'fallback']);
  });

  it('does not wait for one that hangs, and uses it again when it answers', async () => {
    const { cached, reads, clock, lines } = await newTask(single.port, false, { limits: { ...limits, commandMs: 50 } });
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
    const { cached, reads, clock } = await newTask(first.port, false, { limits });
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
    const one = await newTask(single.port, false, { limits });
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
    const other = await newTask(single.port, false, { limits: { tagMemoryMs: 0 } });
    const ask = () => Promise.all(changed.map((key) => other.cached.text(key, policy, fresh)));
    await ask();
    expect(other.reads).toContain('hit'); // of what has not been told yet
    await until(async () => {
      one.clock.ms += limits.pauseMs;
      return (await ask()).every((text) => text === 'fresh');
    });
  });
});
