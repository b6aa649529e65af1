import type { ValkeyPart } from '../../../bin/local/parts/valkey';
import type { ValkeyCluster } from '../../../bin/local/parts/valkey-cluster';
import { createRateLimits, type RateLimitOptions, type RateLimits, rateLimits } from '../../../services/api/rate-limits';
import { setUp, stoppedAfterEach } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { patient, patientCache } from '../parts/patient-cache';
import { startCache, startCacheCluster } from '../parts/valkey';

const started = stoppedAfterEach();

let single: ValkeyPart;
let cluster: ValkeyCluster;
setUp(async (things) => {
  [single, cluster] = await Promise.all([things.use(startCache()), things.use(startCacheCluster())]);
});

async function startTask(port: number, options: RateLimitOptions & { readonly clusterMode?: boolean } = {}) {
  const { clusterMode = false, ...limits } = { limits: rateLimits, guard: patient, ...options };
  const { log, lines } = collectedLog();
  const { client } = await patientCache(started, port, log, clusterMode);
  return { limited: createRateLimits(client, log, limits), client, lines };
}

let subscribers = 0;
const newAddress = (): string => `192.0.2.${++subscribers}`;

async function consume(limited: RateLimits, address: string, times: number): Promise<boolean[]> {
  const answers: boolean[] = [];
  for (let time = 0; time < times; time++) answers.push((await limited.consume('auth', address)).allowed);
  return answers;
}

const five = [true, true, true, true, true];

describe('the rate limits of the documents, and that of e-mails', () => {
  it.each([
    ['api', 100, 60],
    ['auth', 5, 300],
    ['checkout', 10, 600],
    ['writes', 20, 60],
    ['emails', 10, 600],
    ['guestCarts', 60, 3_600],
  ] as const)('%s: %d requests in %d seconds', (limit, requests, seconds) => {
    expect(rateLimits[limit]).toEqual({ requests, seconds });
  });
});

describe('rate limits', () => {
  it('tell how many requests are left and when there are more', async () => {
    const { limited } = await startTask(single.port);
    const address = newAddress();
    expect(await limited.consume('auth', address)).toEqual({ allowed: true, limit: 5, remaining: 4, resetSeconds: 300 });
    expect(await limited.consume('auth', address)).toMatchObject({ allowed: true, remaining: 3 });
  });

  it('refuse what is over the limit', async () => {
    const { limited } = await startTask(single.port);
    const address = newAddress();
    expect(await consume(limited, address, 7)).toEqual([...five, false, false]);
    expect(await limited.consume('auth', address)).toEqual({ allowed: false, limit: 5, remaining: 0, resetSeconds: 300 });
  });

  it('allow requests again when the window is over', async () => {
    const limits = { ...rateLimits, auth: { requests: 2, seconds: 1 } };
    const { limited } = await startTask(single.port, { limits });
    const address = newAddress();
    expect(await consume(limited, address, 3)).toEqual([true, true, false]);
    while (!(await limited.consume('auth', address)).allowed) await new Promise(setImmediate);
    expect(await consume(limited, address, 2)).toEqual([true, false]);
  });

  it('count each class and each address for itself', async () => {
    const { limited } = await startTask(single.port);
    const address = newAddress();
    await consume(limited, address, 6);
    expect(await limited.consume('checkout', address)).toMatchObject({ allowed: true, remaining: 9 });
    expect(await limited.consume('auth', newAddress())).toMatchObject({ allowed: true, remaining: 4 });
  });

  it('hold on a developer’s machine for what names its viewer, and for nothing else', async () => {
    const { limited } = await startTask(single.port, { limitsUnnamed: false });
    expect(await consume(limited, '', 6)).toEqual([...five, true]);
    expect(await consume(limited, newAddress(), 6)).toEqual([...five, false]);
  });

  it('hold nobody up where they are switched off, but for what guesses passwords or fills a mailbox', async () => {
    const { limited } = await startTask(single.port, { switchedOff: true });
    expect(await consume(limited, newAddress(), 6)).toEqual([...five, true]);
    const [account, mailbox] = [newAddress(), newAddress()];
    const attempts = Array.from({ length: 11 }, () => limited.attempt(account));
    const emails = Array.from({ length: 6 }, () => limited.email('password-reset', mailbox));
    for (const all of [attempts, emails]) {
      expect((await Promise.all(all)).filter(({ allowed }) => !allowed)).toHaveLength(1);
    }
  });

  it('count what no address is under one key', async () => {
    const { limited } = await startTask(single.port);
    expect(await limited.consume('writes', 'somebody')).toMatchObject({ remaining: 19 });
    expect(await limited.consume('writes', '')).toMatchObject({ remaining: 18 });
  });

  it.each(['server', 'cluster'] as const)('are shared by all tasks over a %s', async (kind) => {
    const port = kind === 'server' ? single.port : cluster.port;
    const tasks = await Promise.all([1, 2].map(() => startTask(port, { clusterMode: kind === 'cluster' })));
    for (const address of [newAddress(), newAddress(), newAddress(), newAddress()]) {
      const answers = await Promise.all(tasks.map(({ limited }) => consume(limited, address, 5)));
      expect(answers.flat().filter((allowed) => allowed)).toHaveLength(5);
    }
  });

  it('count e-mails by kind and address, all tasks and askers together', async () => {
    const tasks = await Promise.all([1, 2].map(() => startTask(single.port)));
    const ask = async (type: 'verify-email' | 'password-reset', recipient: string) => {
      const answers: boolean[] = [];
      for (let time = 0; time < 3; time++)
        for (const { limited } of tasks) answers.push((await limited.email(type, recipient)).allowed);
      return answers;
    };
    expect(await ask('verify-email', 'eve@example.com')).toEqual([...five, false]);
    expect(await ask('password-reset', 'eve@example.com')).toEqual([...five, false]);
    expect(await ask('verify-email', 'ben@example.com')).toEqual([...five, false]);
    expect(await tasks[0]?.client.keys('*@example.com*')).toEqual([]); // an address is no part of a key
  });

  it('ask the cache once for a request, and not at all for one over the limit', async () => {
    const { limited, client } = await startTask(single.port);
    const address = newAddress();
    await limited.consume('auth', address);
    await client.config('RESETSTAT');
    await consume(limited, address, 10);
    expect(await client.info('commandstats')).toMatch(/cmdstat_evalsha:calls=4,/);
  });

  it('are counted by each task for itself while the cache is away', async () => {
    const server = await started.use(startCache());
    const tasks = await Promise.all([1, 2].map(() => startTask(server.port)));
    await server.kill();
    const address = newAddress();
    for (const { limited } of tasks) expect(await consume(limited, address, 6)).toEqual([...five, false]);
  });

  it('do not wait for a cache that hangs', async () => {
    const { limited, lines } = await startTask(single.port, { guard: { commandMs: 50 } });
    process.kill(single.pid, 'SIGSTOP');
    try {
      expect(await consume(limited, newAddress(), 6)).toEqual([...five, false]);
    } finally {
      process.kill(single.pid, 'SIGCONT');
    }
    expect(lines()).toContainEqual(expect.objectContaining({ level: 'warn', caller: 'rate-limits' }));
  });
});
