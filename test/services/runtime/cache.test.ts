import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { type Cache, createCache } from '../../../services/runtime/cache';
import type { CacheSettings } from '../../../services/runtime/environment';
import { setUpEach } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { type FakeRedis, startFakeRedis } from '../parts/redis';

let redis: FakeRedis;
let cache: Cache | undefined;

setUpEach(async (started) => {
  redis = await started.use(startFakeRedis());
  started.defer(() => cache?.close());
});

const settings = (port: number, changes: Partial<CacheSettings> = {}): CacheSettings => ({
  endpoint: { host: '127.0.0.1', port },
  clusterMode: false,
  user: 'store-app',
  replicationGroup: 'store',
  login: 'iam',
  region: 'eu-west-1',
  ...changes,
});

/** Tokens that can be told apart, over an unprotected connection. */
function numberedTokens(renewMs: number) {
  let signed = 0;
  return { tls: false, renewMs, signToken: async () => `token-${++signed}` };
}

const unused = { tls: false, renewMs: 1, signToken: () => Promise.reject(new Error('not used')) };
const never = 60_000;

/** Unlike `once`, errors in the meantime are expected. */
const event = ({ client }: Cache, name: string) => new Promise((resolve) => client.once(name, resolve));

describe('the cache', () => {
  it('logs in as its user by a signed token', async () => {
    cache = createCache(settings(redis.port), collectedLog().log, numberedTokens(never));
    await once(cache.client, 'ready');
    expect(await cache.client.ping()).toBe('PONG');
    expect(redis.logins).toEqual(['store-app token-1']);
  });

  it('gives an open connection a new token before its session ends', async () => {
    const { promise: open, resolve } = Promise.withResolvers<void>();
    const { signToken, ...session } = numberedTokens(5);
    const later = async (): Promise<string> => {
      const token = await signToken();
      if (token !== 'token-1') await open; // before that a new token waits for the connection instead of being told to it
      return token;
    };
    cache = createCache(settings(redis.port), collectedLog().log, { ...session, signToken: later });
    cache.client.once('ready', () => resolve());
    await redis.loggedIn(3);
    expect(redis.logins.slice(0, 3)).toEqual(['store-app token-1', 'store-app token-2', 'store-app token-3']);
  });

  it('logs in again by itself after its connection was cut', async () => {
    cache = createCache(settings(redis.port), collectedLog().log, numberedTokens(never));
    await once(cache.client, 'ready');
    redis.cut();
    await redis.loggedIn(2);
    await once(cache.client, 'ready');
    expect(await cache.client.ping()).toBe('PONG');
  });

  it('fails a command at once while it is away, and says so in one line', async () => {
    const { log, lines } = collectedLog();
    cache = createCache(settings(1, { login: 'none' }), log, unused);
    await event(cache, 'reconnecting');
    await event(cache, 'reconnecting');
    await expect(cache.client.get('key')).rejects.toThrow("Stream isn't writeable");
    expect(lines().filter(({ message }) => message === 'The cache is unavailable')).toHaveLength(1);
  });

  it('needs no token where log-in is off', async () => {
    cache = createCache(settings(redis.port, { login: 'none' }), collectedLog().log, unused);
    await once(cache.client, 'ready');
    expect(redis.logins).toEqual([]);
  });

  it('stays away and says why while no token can be signed', async () => {
    const { log, text } = collectedLog();
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const signToken = async (): Promise<string> => {
      resolve();
      throw new Error('no credentials');
    };
    cache = createCache(settings(redis.port), log, { tls: false, renewMs: never, signToken });
    await asked;
    await expect(cache.client.get('key')).rejects.toThrow("Stream isn't writeable");
    expect(text()).toContain('no credentials');
  });

  it('speaks TLS to ElastiCache', () => {
    cache = createCache(settings(redis.port), collectedLog().log, { ...unused, tls: true });
    expect(cache.client.options).toMatchObject({ tls: {} });
  });

  it('sends what is asked in one turn of the event loop by one write', async () => {
    cache = createCache(settings(redis.port), collectedLog().log, numberedTokens(never));
    await event(cache, 'ready');
    const { stream } = cache.client as Redis;
    const [one, several] = [jest.spyOn(stream, '_write'), jest.spyOn(stream, '_writev' as never)];
    const { client } = cache;
    await Promise.all(Array.from({ length: 20 }, () => client.ping()));
    expect([one, several].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  });
});
