import { chownSync, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { databaseMasterUser, databaseName, databaseRoles, ports } from '../../../services/contract';
import { bundleFolder } from '../../../services/image/bundle-folder';
import { prepareData } from '../../local/data';
import { localFolders } from '../../local/folders';
import type { Certificates } from '../../local/parts/certificates';
import { startForwarder } from '../../local/parts/forwarder';
import { type Pgbouncer, startPgbouncer } from '../../local/parts/pgbouncer';
import { startPostgres } from '../../local/parts/postgres';
import { postgresOwner } from '../../local/parts/postgres-binaries';
import type { PostgresServer } from '../../local/parts/postgres-process';
import { makeRds } from '../../local/parts/rds';
import { startStandby } from '../../local/parts/standby';
import { type LogEntry, logPrefix, readLog } from './database-log';
import { type Place, placeAt } from './places';
import { createRoles, type LogIns } from './roles';

export interface AppDatabase {
  readonly server: PostgresServer;
  readonly logIns: LogIns;
  /** Of the primary, of the replica (undefined: none), and of what stands in front: a pooler, or the primary. */
  readonly direct: Place;
  readonly replica: Place | undefined;
  readonly host: Place;
  /** undefined: the size has no proxy, or none is installed here. */
  readonly pooler: Pgbouncer | undefined;
  entries(): Promise<readonly LogEntry[]>;
  /** The other users of the roles may log in from now on. */
  rotate(): Promise<void>;
  /** Cuts every connection and refuses all for so long. */
  failOver(ms: number): Promise<void>;
}

export interface AppDatabaseProps {
  /** For files that PostgreSQL's user may read. */
  readonly folder: string;
  readonly certificates: Certificates;
  readonly addresses: readonly [direct: string, pooler: string, replica: string];
  readonly byPassword: boolean;
  readonly proxy: boolean;
  readonly replicas: boolean;
  /** Whether the store's own migrations make the schema. */
  readonly storesSchema: boolean;
  /** Ends something when everything ends. */
  readonly defer: (stop: () => Promise<void>) => void;
}

/** PostgreSQL that takes TLS alone, with a standby and PgBouncer where the size has a replica and a proxy. */
export async function startDatabase(props: AppDatabaseProps): Promise<AppDatabase> {
  const { folder, certificates, addresses, byPassword, defer } = props;
  const sockets = socketFolder(folder);
  const logFile = join(folder, 'postgres.log');
  const settings = { ...settingsOf(certificates), unix_socket_directories: sockets };
  const server = await startPostgres({ folder: join(folder, 'primary'), logFile, settings });
  defer(() => server.kill());
  await (props.storesSchema ? migrateStore(server, folder) : createDatabase(server));
  const logIns = await createRoles(server, byPassword);
  await writeFile(join(server.folder, 'pg_hba.conf'), hostRules.join('\n'));
  await server.sql('select pg_reload_conf()');
  const replica = props.replicas ? await startReplica(server, addresses[2], props) : undefined;
  const direct = await forward(server.port, addresses[0], defer);
  const place = await placeAt(addresses[1], ports.postgres);
  const pooler = props.proxy
    ? await startPgbouncer({
        folder: sockets,
        address: place.address,
        port: place.port,
        databasePort: server.port,
        databaseName,
        certificates,
        byPassword,
        users: logIns.users,
      })
    : undefined;
  if (pooler) defer(() => pooler.stop());
  return {
    server,
    logIns,
    direct,
    replica: replica?.place,
    host: pooler ? place : direct,
    pooler,
    entries: async () => [...(await readLog(server, logFile)), ...((await replica?.entries()) ?? [])],
    rotate: async () => {
      const users = await logIns.rotate();
      await pooler?.setUsers(users);
    },
    failOver: async (ms) => {
      await Promise.all([server.kill(), pooler?.stop()]);
      await pause(ms);
      await server.start();
      await pooler?.start();
    },
  };
}

async function createDatabase(server: PostgresServer): Promise<void> {
  await makeRds(server, 'unused');
  await server.sql(`create database ${databaseName} owner ${databaseMasterUser}`);
}

const silent = (): void => undefined;

/** Schema and seed of the store, for an app that has no migrations of its own. */
async function migrateStore(server: PostgresServer, folder: string): Promise<void> {
  const store = join(folder, 'store');
  mkdirSync(store);
  const folders = localFolders(store, false);
  await prepareData({ primary: server, bundle: bundleFolder('services'), folders, write: silent, step: silent });
}

/** As RDS with `rds.force_ssl`; the pooler comes by the socket. The superuser and the master are ours alone. */
const hostRules = [
  'host replication postgres 127.0.0.1/32 trust',
  'host all postgres 127.0.0.1/32 trust',
  `host all ${databaseMasterUser} 127.0.0.1/32 scram-sha-256`,
  'local all +rds_iam trust',
  'local all all scram-sha-256',
  'hostssl all +rds_iam 127.0.0.1/32 trust',
  'hostssl all all 127.0.0.1/32 scram-sha-256',
];

/** Of one owner with PostgreSQL, who is not root. */
function socketFolder(folder: string): string {
  const sockets = join(folder, 's');
  mkdirSync(sockets);
  const owner = postgresOwner();
  if (owner !== undefined) chownSync(sockets, owner.uid, owner.gid);
  return sockets;
}

async function startReplica(primary: PostgresServer, address: string, { folder, certificates, defer }: AppDatabaseProps) {
  const logFile = join(folder, 'standby.log');
  const standby = await startStandby(primary, { folder: join(folder, 'standby'), logFile, settings: settingsOf(certificates) });
  defer(() => standby.kill());
  return { place: await forward(standby.port, address, defer), entries: () => readLog(standby, logFile) };
}

const settingsOf = ({ certificate, key }: Certificates) => ({
  ssl: 'on',
  ssl_cert_file: certificate,
  ssl_key_file: key,
  log_line_prefix: logPrefix,
  log_connections: 'authorization',
});

async function forward(target: number, address: string, defer: AppDatabaseProps['defer']): Promise<Place> {
  const place = await placeAt(address, ports.postgres);
  const forwarder = await startForwarder({ address: place.address, port: place.port, target });
  defer(() => forwarder.stop());
  return place;
}

/** Which role a program logs in as. */
export const roleOf = (program: string) =>
  ({ migrations: databaseRoles.migrations, worker: databaseRoles.worker })[program] ?? databaseRoles.app;
