import { Cluster, Redis } from 'ioredis';
import { log } from './log.js';
import { required } from './process.js';

/** A cache that is away fails at once, and the database answers. */
const options = { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 500 };

export function openCache() {
  const redis = connect();
  redis.on('error', (error: Error) => log.warn(error, 'cache'));
  return {
    /** What is kept under the key, or what `load` gives, which is then kept so long. */
    async cached<T>(key: string, seconds: number, load: () => Promise<T>): Promise<T> {
      const hit = await redis.get(key).catch(ignored);
      if (hit !== null) return JSON.parse(hit) as T;
      const value = await load();
      await redis.set(key, JSON.stringify(value), 'EX', seconds).catch(ignored);
      return value;
    },
    close: () => redis.disconnect(),
  };
}

function ignored({ message }: Error): null {
  log.warn({ reason: message }, 'the cache is away');
  return null;
}

/** From size large on the cache is a cluster, which only a client of clusters can read. */
function connect(): Redis | Cluster {
  const url = required('REDIS_URL');
  if (process.env.CACHE_CLUSTER_MODE !== 'true') return new Redis(url, options);
  const { protocol, hostname, port, username, password } = new URL(url);
  return new Cluster([{ host: hostname, port: Number(port || 6379) }], {
    enableOfflineQueue: false,
    clusterRetryStrategy: (attempts) => Math.min(attempts * 100, 2_000),
    dnsLookup: (host, callback) => callback(null, host), // the certificate has the name, not the address
    redisOptions: {
      ...(protocol === 'rediss:' && { tls: {} }),
      username: decodeURIComponent(username),
      password: decodeURIComponent(password),
      commandTimeout: 500,
    },
  });
}
