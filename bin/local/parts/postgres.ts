import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { databaseMasterUser } from '../../../services/contract';
import { freePort } from './free-port';
import { postgresOwner, postgresProgram } from './postgres-binaries';
import { type PostgresServer, postgresProcess } from './postgres-process';

export interface PostgresOptions {
  /** Where data is kept; what is there already is used again. @default - a temporary folder, removed by `stop` */
  readonly folder?: string;
  /** Data folder of a stopped server that a new folder becomes a copy of. @default - an empty cluster */
  readonly copyOf?: string;
  /** @default - a free one */
  readonly port?: number;
  /** Waits for the disk and vacuums, as benchmarks and a developer's data need it. @default false */
  readonly durable?: boolean;
  /** Further settings of the server, such as `max_connections`. */
  readonly settings?: Readonly<Record<string, string | number>>;
  readonly logFile?: string;
}

/** A PostgreSQL on loopback whose log-ins are those of RDS, and which a standby can stream from. Ends with this process. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const { durable = false } = options;
  const folder = options.folder ?? temporaryFolder();
  if (!existsSync(folder))
    await (options.copyOf === undefined ? createCluster(folder, durable) : copyCluster(options.copyOf, folder));
  const server = postgresProcess({
    folder,
    temporary: options.folder === undefined,
    port: options.port ?? (await freePort()),
    durable,
    settings: { ...serverSettings(durable), ...options.settings },
    logFile: options.logFile,
  });
  await server.start();
  return server;
}

export const temporaryFolder = (): string => join(tmpdir(), `store-postgres-${randomUUID()}`);

/** A replica's must not be lower than its primary's, so both have the same. */
export function serverSettings(durable: boolean): Readonly<Record<string, string>> {
  const disk = durable ? 'on' : 'off';
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    wal_level: 'replica',
    hot_standby: 'on',
    wal_retrieve_retry_interval: '200ms', // a standby is back soon after its primary
    fsync: disk,
    autovacuum: disk,
    ...(durable ? {} : { min_wal_size: '2MB' }), // what is written again and again stays small, and quick to copy
    log_statement: 'none',
    shared_preload_libraries: 'pg_stat_statements', // as RDS has it
    lc_messages: 'C', // whether it is ready is read from its log
  };
}

/** As RDS: members of rds_iam log in by IAM (here: are trusted), everybody else by password. */
const logIns = [
  'host replication postgres     127.0.0.1/32 trust',
  'host all         postgres     127.0.0.1/32 trust',
  `host all         ${databaseMasterUser}  127.0.0.1/32 scram-sha-256`,
  'host all         +rds_iam     127.0.0.1/32 trust',
  'host all         all          127.0.0.1/32 scram-sha-256',
];

export const execute = promisify(execFile);

/** Owners stay; under another name until it is whole. */
async function copyCluster(from: string, folder: string): Promise<void> {
  const unfinished = `${folder}.new`;
  await execute('cp', ['-Rp', from, unfinished]);
  await rename(unfinished, folder);
}

/** Under another name until it is whole, so that what was cut off is not taken for one. */
async function createCluster(folder: string, durable: boolean): Promise<void> {
  const unfinished = `${folder}.new`;
  const owner = postgresOwner();
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(unfinished, { mode: 0o700 });
  if (owner !== undefined) await chown(unfinished, owner.uid, owner.gid);
  // The locale that PostgreSQL brings along sorts alike on every machine.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const flags = ['-D', unfinished, '--username=postgres', '--auth=trust', '--no-instructions', ...locale];
  const brief = ['--no-sync', '--wal-segsize=1']; // MB; small segments make a folder that is quick to copy
  await execute(postgresProgram('initdb'), [...flags, ...(durable ? [] : brief)], {
    ...owner,
    cwd: dirname(folder),
  });
  await writeFile(join(unfinished, 'pg_hba.conf'), logIns.join('\n'));
  await rename(unfinished, folder);
}
