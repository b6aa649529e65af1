import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startChild } from './child';
import { freePort } from './free-port';
import { findValkey } from './valkey-program';

export interface ValkeyPart {
  readonly port: number;
  /** The server's file, for a person who wonders which one runs. */
  readonly command: string;
  readonly pid: number;
  /** Where nodes of a cluster talk to each other; undefined for a server alone. */
  readonly busPort: number | undefined;
  stop(): Promise<void>;
  /** As a machine that fails. */
  kill(): Promise<void>;
}

export interface ValkeyOptions {
  /**
   * Where it runs; it keeps no data there.
   * @default a temporary folder, removed in the end
   */
  readonly folder?: string;
  /** @default a free one */
  readonly port?: number;
  /** @default none */
  readonly password?: string;
  /** A node of a cluster, of which `startValkeyCluster` makes one. @default false */
  readonly clusterNode?: boolean;
  /** Further settings of the server. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Ports of its own choice may be taken by somebody else before the server has them. */
const mostStarts = 5;

/**
 * Starts a Valkey on 127.0.0.1 that keeps nothing on disk; it ends with `stop` or with this process. undefined where none is
 * installed.
 * @throws {Error} with what the server wrote when it does not start, as on a port in use.
 */
export async function startValkey(options: ValkeyOptions = {}): Promise<ValkeyPart | undefined> {
  const command = await findValkey();
  if (command === undefined) return undefined;
  for (let starts = 1; ; starts++) {
    try {
      return await start(command, options);
    } catch (error) {
      if (options.port !== undefined || starts === mostStarts) throw error;
    }
  }
}

async function start(command: string, options: ValkeyOptions): Promise<ValkeyPart> {
  const port = options.port ?? (await freePort());
  const busPort = options.clusterNode === true ? await freePort() : undefined;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'store-valkey-'));
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    save: '',
    dir: folder,
    ...(options.password === undefined ? {} : { requirepass: options.password }),
    ...(busPort === undefined ? {} : { 'cluster-enabled': 'yes', 'cluster-port': String(busPort) }),
    ...options.settings,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = startChild(command, args, options.folder === undefined ? { temporaryFolder: folder } : {});
  const ended = once(child, 'close').then(() => (options.folder === undefined ? remove(folder) : undefined));
  await untilReady(child, ended);

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return { port, busPort, command, pid: child.pid ?? 0, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

async function untilReady(child: ReturnType<typeof startChild>, ended: Promise<unknown>): Promise<void> {
  const written: string[] = [];
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const lines = createInterface({ input: child.stdout }).on('line', (line) => {
    written.push(line);
    if (line.includes('Ready to accept connections')) resolve();
  });
  child.stderr.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const failed = ended.then(() => {
    throw new Error(`Valkey ended before it took connections:\n${written.join('\n')}`);
  });
  await Promise.race([ready, failed]);
  failed.catch(() => undefined); // from now on its end is expected
  lines.removeAllListeners('line');
  child.stderr.removeAllListeners('data').resume();
}
