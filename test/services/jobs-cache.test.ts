import { Cluster, Redis } from 'ioredis';
import { stoppedAfterEach } from '../support/set-up';
import { type CloudFormationTemplate, resourcesOf, templateOf } from '../support/stores';
import { startCache, startCacheCluster } from './parts/valkey';

/** A client that gives up at once, so that what it is refused shows. */
const options = { host: '127.0.0.1', maxRetriesPerRequest: 0, retryStrategy: () => null, lazyConnect: true } as const;
const password = 'a-password-of-a-test';
const store: CloudFormationTemplate = templateOf('small', { jobsCache: {}, cache: { login: 'password' } });

const propertiesOf = (type: string, idStartsWith: string) =>
  resourcesOf(store, type).find(([id]) => id.startsWith(idStartsWith))?.[1].Properties ?? {};

const policyOf = (part: 'Cache' | 'JobsCache'): string =>
  propertiesOf('AWS::ElastiCache::ParameterGroup', part).Properties['maxmemory-policy'];

const started = stoppedAfterEach();

/** A Valkey with the policy of a cache of the store, and whoever may do anything in it. */
async function startWith(policy: string): Promise<{ port: number; admin: Redis }> {
  const { port } = await started.use(startCache());
  const admin = connected({ port });
  await admin.config('SET', 'maxmemory-policy', policy);
  return { port, admin };
}

function connected(more: { readonly port: number; readonly username?: string; readonly password?: string }): Redis {
  const client = new Redis({ ...options, ...more });
  client.on('error', () => undefined); // the commands tell
  started.defer(() => client.disconnect());
  return client;
}

/** Jobs, and beside them what expires in an hour, until something is refused or 4,000 are there. */
async function fill(client: Redis): Promise<{ refused: string | undefined; kept: number; added: number }> {
  await client.config('SET', 'maxmemory', `${Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1]) + 1_000_000}`);
  const value = 'x'.repeat(1_000);
  for (let added = 0; added < 4_000; added++) {
    const refused = await client.set(`job:${added}`, value, 'EX', 3_600).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    if (refused !== undefined) return { refused, added, kept: await client.dbsize() };
  }
  return { refused: undefined, added: 4_000, kept: await client.dbsize() };
}

describe('a full cache', () => {
  it('of jobs refuses the next one and keeps all that it has', async () => {
    const { admin } = await startWith(policyOf('JobsCache'));
    const { refused, added, kept } = await fill(admin);
    expect(refused).toContain('OOM command not allowed');
    expect(kept).toBe(added);
    expect(added).toBeGreaterThan(100);
  });

  it('of anything else takes what is new and evicts what is old', async () => {
    const { admin } = await startWith(policyOf('Cache'));
    const { refused, added, kept } = await fill(admin);
    expect(refused).toBeUndefined();
    expect(kept).toBeLessThan(added);
  });
});

/** As the user that the store has for jobs. */
async function loggedIn(): Promise<Redis> {
  const { port, admin } = await startWith(policyOf('JobsCache'));
  const { AccessString: rules, UserName: name } = propertiesOf('AWS::ElastiCache::User', 'JobsCacheRedisPasswordUser');
  await admin.call('ACL', 'SETUSER', name, `>${password}`, ...rules.split(' '));
  return connected({ port, username: name, password });
}

describe('the user of the jobs', () => {
  it('may do what BullMQ does: scripts, lists, sets, streams, and wait for a job', async () => {
    const client = await loggedIn();
    expect(await client.info('memory')).toContain('maxmemory_policy:noeviction');
    await client.client('SETNAME', 'bull:worker');
    const script =
      "redis.call('LPUSH', KEYS[1], ARGV[1]); redis.call('XADD', KEYS[2], '*', 'event', 'added'); return redis.call('ZADD', KEYS[3], 1, ARGV[1])";
    expect(await client.eval(script, 3, 'bull:wait', 'bull:events', 'bull:marker', '1')).toBe(1);
    expect(await client.bzpopmin('bull:marker', 1)).toEqual(['bull:marker', '1', '1']);
    expect(await client.xread('COUNT', 1, 'STREAMS', 'bull:events', '0')).toHaveLength(1);
  });

  it.each([
    ['empty the cache', (client: Redis) => client.flushall()],
    ['go through all keys at once', (client: Redis) => client.keys('*')],
    ['change the policy', (client: Redis) => client.config('SET', 'maxmemory-policy', 'allkeys-lru')],
  ])('may not %s', async (_, command) => {
    await expect(command(await loggedIn())).rejects.toThrow('NOPERM');
  });

  it('does not get in with another password', async () => {
    const { port, admin } = await startWith(policyOf('JobsCache'));
    await admin.call('ACL', 'SETUSER', 'jobs', 'on', `>${password}`, '~*', '+@all');
    await expect(connected({ port, username: 'jobs', password: 'another' }).ping()).rejects.toThrow();
  });

  it('logs in by two passwords at once, so that one can be changed without an outage', async () => {
    const { port, admin } = await startWith(policyOf('JobsCache'));
    await admin.call('ACL', 'SETUSER', 'jobs', 'on', `>${password}`, '~*', '+@all');
    const open = connected({ port, username: 'jobs', password });
    expect(await open.ping()).toBe('PONG');
    await admin.call('ACL', 'SETUSER', 'jobs', '>another');
    expect(await connected({ port, username: 'jobs', password: 'another' }).ping()).toBe('PONG');
    await admin.call('ACL', 'SETUSER', 'jobs', `<${password}`);
    expect(await open.ping()).toBe('PONG'); // as long as it stays open
  });
});

describe('the protocol of a cluster', () => {
  it('is another one to a client that does not know it', async () => {
    const { port } = await started.use(startCacheCluster());
    const client = connected({ port });
    const keys = Array.from({ length: 20 }, (_, index) => `job:${index}`);
    const answers = await Promise.allSettled(keys.map((key) => client.set(key, '1')));
    const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [String(answer.reason)] : []));
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toContain('MOVED');
    await expect(client.mset('job:1', '1', 'job:2', '1', 'job:3', '1')).rejects.toThrow('CROSSSLOT');
  });

  it('is not spoken by one node', async () => {
    const { port } = await startWith(policyOf('Cache'));
    const client = new Cluster([{ host: '127.0.0.1', port }], { clusterRetryStrategy: () => null, lazyConnect: true });
    client.on('error', () => undefined);
    started.defer(() => client.disconnect());
    await expect(client.connect()).rejects.toThrow();
  });
});
