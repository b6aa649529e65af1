import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { Cluster, Redis } from 'ioredis';
import type { ValkeyPart } from '../../../bin/local/parts/valkey';
import { createGuard, type GuardLimits } from '../../../services/cache-aside/guard';
import { setUp } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { patient } from '../parts/patient-cache';
import { startCache } from '../parts/valkey';

let server: ValkeyPart;
let client: Redis;

setUp(async (started) => {
  server = await started.use(startCache());
});
beforeEach(async () => {
  client = new Redis({ port: server.port, enableOfflineQueue: false, disconnectTimeout: 100 });
  await once(client, 'ready');
});
afterEach(() => client.disconnect());

const limits = { ...patient, failures: 3, pauseMs: 1_000 };

function guarded(changes: Partial<GuardLimits> = {}) {
  const { log, lines } = collectedLog();
  const clock = { ms: 0 };
  const guard = createGuard({ client, log, caller: 'test', limits: { ...limits, ...changes }, now: () => clock.ms });
  const asked = jest.fn((redis: Redis | Cluster) => redis.ping());
  const failing = jest.fn(async () => {
    throw new Error('broken');
  });
  const open = async (): Promise<void> => {
    for (let times = 0; times < limits.failures; times++) await guard.ask(failing).catch(() => undefined);
  };
  return { guard, lines, clock, asked, failing, open };
}

/** Keeps this process standing still until another one has asked the server and has its answer. */
function pingFromElsewhere(): void {
  const program = `const socket = require('node:net').connect(${server.port}, '127.0.0.1', () => socket.end('PING\\r\\n')).resume()`;
  execFileSync(process.execPath, ['-e', program]);
}

const away = 'The cache did not answer in time';

describe('the guard before the cache', () => {
  it('gives up on a cache that hangs at its limit', async () => {
    const { guard, asked } = guarded({ commandMs: 50 });
    process.kill(server.pid, 'SIGSTOP');
    try {
      await expect(guard.ask(asked)).rejects.toThrow(away);
    } finally {
      process.kill(server.pid, 'SIGCONT');
    }
  });

  it('takes an answer that arrived while this process was busy', async () => {
    const commandMs = 50;
    const { guard, asked } = guarded({ commandMs });
    const until = performance.now() + 2 * commandMs;
    const answer = guard.ask(asked); // the question is out
    pingFromElsewhere(); // Valkey has answered it when it has answered a later one
    while (performance.now() < until); // nothing else runs
    expect(await answer).toBe('PONG');
  });

  it('does not hold back commands for a connection that is not there', async () => {
    const { guard, asked } = guarded();
    client.disconnect();
    await once(client, 'end');
    await expect(guard.ask(asked)).rejects.toThrow(away);
    expect(asked).not.toHaveBeenCalled();
  });

  it('leaves the cache alone after some failures in a row', async () => {
    const { guard, asked, open } = guarded();
    await open();
    await expect(guard.ask(asked)).rejects.toThrow(away);
    expect(asked).not.toHaveBeenCalled();
  });

  it('does not mind failures that are not in a row', async () => {
    const { guard, asked, failing } = guarded();
    for (let times = 0; times < limits.failures; times++) {
      await expect(guard.ask(failing)).rejects.toThrow(away);
      expect(await guard.ask(asked)).toBe('PONG');
    }
  });

  it('tries the cache again by one command at a time, and uses it when that is answered', async () => {
    const { guard, asked, open, clock } = guarded();
    await open();
    clock.ms += limits.pauseMs;
    const probe = guard.ask(asked);
    await expect(guard.ask(asked)).rejects.toThrow(away);
    expect(await probe).toBe('PONG');
    expect(await guard.ask(asked)).toBe('PONG');
  });

  it('leaves it alone again when that one fails', async () => {
    const { guard, asked, failing, open, clock } = guarded();
    await open();
    clock.ms += limits.pauseMs;
    await expect(guard.ask(failing)).rejects.toThrow(away);
    await expect(guard.ask(asked)).rejects.toThrow(away);
    expect(asked).not.toHaveBeenCalled();
  });

  it('says so in one line when it begins and in one when it is over', async () => {
    const { guard, lines, asked, open, clock } = guarded();
    await open();
    await open();
    clock.ms += limits.pauseMs;
    await open();
    clock.ms += limits.pauseMs;
    await guard.ask(asked);
    expect(lines().map(({ level, message, caller }) => [level, message, caller])).toEqual([
      ['warn', 'The cache is not used for a while: its circuit breaker is open', 'test'],
      ['info', 'The cache is used again', 'test'],
    ]);
  });
});

describe('the guard before a cluster', () => {
  it('does not wait for one that was never reached', async () => {
    const cluster = new Cluster([{ host: '127.0.0.1', port: 1 }], { lazyConnect: true });
    const guard = createGuard({ client: cluster, log: collectedLog().log, caller: 'test' });
    await expect(guard.ask((redis) => redis.get('key'))).rejects.toThrow(away);
  });
});
