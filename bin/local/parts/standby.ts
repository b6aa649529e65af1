import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port';
import { execute, type PostgresOptions, serverSettings, temporaryFolder } from './postgres';
import { postgresOwner } from './postgres-binaries';
import { asSuperuser, type PostgresServer, postgresProcess } from './postgres-process';

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
  await asSuperuser(primary.port, 'postgres', async (client) => {
    await client.query(
      `select pg_create_physical_replication_slot($1, true)
       where not exists (select from pg_replication_slots where slot_name = $1)`,
      [slot],
    );
    await client.query('select pg_backup_start($1, true)', [slot]);
    await copyFolder(primary.folder, unfinished);
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    await writeFile(join(unfinished, 'backup_label'), rows[0]?.labelfile ?? '');
    await writeFile(join(unfinished, 'standby.signal'), '');
    if (owner !== undefined) await execute('chown', ['-R', `${owner.uid}:${owner.gid}`, unfinished]);
  });
  await rename(unfinished, folder);
}

/** Folders whose content belongs to the running server alone (PostgreSQL: low-level base backup). */
const emptied = new Set(
  ['wal', 'replslot', 'dynshmem', 'notify', 'serial', 'snapshots', 'stat_tmp', 'subtrans'].map((name) => `pg_${name}`),
);
const notCopied = new Set(['postmaster.pid', 'postmaster.opts']);

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await (emptied.has(entry.name) ? mkdir(target, { mode: 0o700 }) : copyFolder(source, target));
    else if (!notCopied.has(entry.name)) await copyFile(source, target).catch(unlessDropped);
  }
}

/** A table dropped in the meantime leaves no file; the replayed log knows of it. */
function unlessDropped(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
