import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Client, type QueryResultRow } from 'pg';
import { startChild } from './child';
import { postgresOwner, postgresProgram } from './postgres-binaries';

export interface PostgresServer {
  readonly port: number;
  readonly folder: string;
  readonly durable: boolean;
  /** Same port, same data; resolves when it takes connections. */
  start(): Promise<void>;
  /** As in a maintenance window: connections are cut, everything is written. */
  shutDown(): Promise<void>;
  /** `shutDown`, and it starts again. */
  restart(): Promise<void>;
  /** As in a crash: it ends at once and recovers at the next start. */
  kill(): Promise<void>;
  /** Ends it for good; a temporary folder goes with it. */
  stop(): Promise<void>;
  /** Runs SQL as the superuser. */
  sql<R extends QueryResultRow>(text: string, values?: unknown[], database?: string): Promise<R[]>;
}

export interface PostgresProcessProps {
  readonly folder: string;
  readonly temporary: boolean;
  readonly port: number;
  readonly durable: boolean;
  readonly settings: Readonly<Record<string, string | number>>;
  /** Where the server's log is appended. @default - nowhere */
  readonly logFile: string | undefined;
}

type Running = ReturnType<typeof startChild>;

/** The server program over a folder that is there already. */
export function postgresProcess({ folder, temporary, port, durable, settings, logFile }: PostgresProcessProps): PostgresServer {
  const args = [
    '-D',
    folder,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  let running: Running | undefined;

  const start = async (): Promise<void> => {
    running = startChild(postgresProgram('postgres'), args, {
      ...postgresOwner(),
      endSignal: 'SIGQUIT',
      ...(temporary ? { temporaryFolder: folder } : {}),
    });
    await untilReady(running, logFile).catch(async (error: unknown) => {
      if (temporary) await rm(folder, { recursive: true, force: true });
      throw error;
    });
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = running;
    running = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, 'close');
    ending.kill(signal);
    await ended;
  };
  return {
    port,
    folder,
    durable,
    start,
    shutDown: () => end('SIGINT'),
    restart: async () => {
      await end('SIGINT');
      await start();
    },
    kill: () => end('SIGQUIT'),
    stop: async () => {
      await end(temporary ? 'SIGQUIT' : 'SIGINT');
      if (temporary) await rm(folder, { recursive: true, force: true });
    },
    sql: async <R extends QueryResultRow>(text: string, values?: unknown[], database = 'postgres') =>
      (await asSuperuser(port, database, (client) => client.query<R>(text, values))).rows,
  };
}

/** Gives `work` a connection of the superuser, who on RDS is Amazon's alone. */
export async function asSuperuser<T>(port: number, database: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function untilReady(child: Running, logFile: string | undefined): Promise<void> {
  const log = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' });
  const lines: string[] = [];
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  createInterface({ input: child.stderr }).on('line', (line) => {
    log?.write(`${line}\n`);
    lines.push(line);
    lines.splice(0, lines.length - 10);
    if (/ready to accept (read-only )?connections/.test(line)) resolve();
  });
  child.once('error', reject);
  child.once('close', () => {
    log?.end();
    reject(new Error(`PostgreSQL ended before it took connections:\n${lines.join('\n')}`));
  });
  child.stdout.resume();
  await ready;
}
