import { existsSync } from 'node:fs';
import { chown, copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from './free-port';
import { type PostgresOptions, serverSettings, temporaryFolder } from './postgres';
import { type Owner, postgresOwner } from './postgres-binaries';
import { type PostgresServer, postgresProcess } from './postgres-process';

export interface Standby extends PostgresServer {
  /** Receives and does not replay: a replica that lags ever more. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Resolves when it has replayed what the primary has now. */
  caughtUp(): Promise<void>;
}

/** Keeps at the primary what the standby has not received, however long it is away. */
const slot = 'standby';

/** A streaming standby of the primary: what a read replica is on RDS. One a primary. */
export async function startStandby(primary: PostgresServer, options: Omit<PostgresOptions, 'durable'> = {}): Promise<Standby> {
  const folder = options.folder ?? temporaryFolder();
  if (!existsSync(folder)) await copyPrimary(primary, folder);
  const server = postgresProcess({
    folder,
    temporary: options.folder === undefined,
    port: options.port ?? (await freePort()),
    durable: primary.durable,
    settings: {
      ...serverSettings(primary.durable),
      ...options.settings,
      // Not in the folder: the primary may have another port next time.
      primary_conninfo: `host=127.0.0.1 port=${primary.port} user=postgres`,
      primary_slot_name: slot,
    },
    logFile: options.logFile,
  });
  await server.start();
  return {
    ...server,
    pause: async () => {
      await server.sql('select pg_wal_replay_pause()');
      await until(server, "select pg_get_wal_replay_pause_state() = 'paused' as done");
    },
    resume: async () => {
      await server.sql('select pg_wal_replay_resume()');
    },
    caughtUp: async () => {
      const [now] = await primary.sql<{ lsn: string }>('select pg_current_wal_lsn() as lsn');
      await until(server, 'select pg_last_wal_replay_lsn() >= $1::pg_lsn as done', [now?.lsn]);
    },
  };
}

async function until(server: PostgresServer, question: string, values?: unknown[]): Promise<void> {
  while ((await server.sql<{ done: boolean }>(question, values))[0]?.done !== true) await pause(5);
}

/** What pg_basebackup does, which the package does not bring. Under another name until it is whole. */
async function copyPrimary(primary: PostgresServer, folder: string): Promise<void> {
  const unfinished = `${folder}.new`;
  const owner = postgresOwner();
  await rm(unfinished, { recursive: true, force: true });
  const client = new Client({ host: '127.0.0.1', port: primary.port, user: 'postgres', database: 'postgres' });
  await client.connect();
  try {
    await client.query(
      `select pg_create_physical_replication_slot($1, true)
       where not exists (select from pg_replication_slots where slot_name = $1)`,
      [slot],
    );
    await client.query('select pg_backup_start($1, true)', [slot]);
    await copyFolder(primary.folder, unfinished, owner);
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    await writeFile(join(unfinished, 'backup_label'), rows[0]?.labelfile ?? '');
    await writeFile(join(unfinished, 'standby.signal'), '');
    for (const file of ['backup_label', 'standby.signal']) await give(join(unfinished, file), owner);
  } finally {
    await client.end();
  }
  await rename(unfinished, folder);
}

/** Folders whose content belongs to the running server alone (PostgreSQL: low-level base backup). */
const emptied = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const leftOut = new Set(['postmaster.pid', 'postmaster.opts']);

async function copyFolder(from: string, to: string, owner: Owner | undefined): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  await give(to, owner);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && emptied.has(entry.name)) {
      await mkdir(target, { mode: 0o700 });
      await give(target, owner);
    } else if (entry.isDirectory()) await copyFolder(source, target, owner);
    else if (!leftOut.has(entry.name) && (await copied(source, target))) await give(target, owner);
  }
}

/** A table dropped in the meantime leaves no file; the replayed log knows of it. */
async function copied(source: string, target: string): Promise<boolean> {
  try {
    await copyFile(source, target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function give(path: string, owner: Owner | undefined): Promise<void> {
  if (owner !== undefined) await chown(path, owner.uid, owner.gid);
}
