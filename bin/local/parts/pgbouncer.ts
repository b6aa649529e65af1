import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Certificates } from './certificates';
import { startChild } from './child';
import { isExecutable, placesOnPath } from './executables';
import { postgresOwner } from './postgres-binaries';

export const howToGetPgbouncer = 'PgBouncer is missing: install it (apt-get install pgbouncer, brew install pgbouncer)';

export interface Pgbouncer {
  readonly port: number;
  /** Who may log in, and by which password; an empty one lets everybody in. */
  setUsers(users: ReadonlyMap<string, string>): Promise<void>;
  /** Its log so far. */
  log(): string;
  /** Cuts every connection. */
  stop(): Promise<void>;
  /** The same again, after `stop`. */
  start(): Promise<void>;
}

export interface PgbouncerProps {
  /** PostgreSQL's user must get there, and its socket is there. */
  readonly folder: string;
  readonly address: string;
  readonly port: number;
  readonly databasePort: number;
  readonly databaseName: string;
  readonly certificates: Certificates;
  /** Whether users log in by password. False: everybody who is named is let in. */
  readonly byPassword: boolean;
  readonly users: ReadonlyMap<string, string>;
}

/** PgBouncer in transaction mode, with TLS alone; undefined where none is installed. Ends with this process. */
export async function startPgbouncer(props: PgbouncerProps): Promise<Pgbouncer | undefined> {
  const program = placesOnPath('pgbouncer').concat('/usr/sbin/pgbouncer').find(isExecutable);
  if (program === undefined) return undefined;
  const [settings, users, logFile] = ['pgbouncer.ini', 'users.txt', 'pgbouncer.log'].map((name) => join(props.folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(settings, settingsOf(props, users, logFile));
  await writeUsers(users, props.users);
  await writeOwned(logFile, '');
  let running: { readonly child: ReturnType<typeof startChild>; readonly ended: Promise<unknown> } | undefined;
  const start = async (): Promise<void> => {
    const child = startChild(program, [settings], { ...postgresOwner(), cwd: props.folder });
    running = { child, ended: once(child, 'close') };
    await untilReady(child, running.ended);
  };
  await start();
  return {
    port: props.port,
    start,
    setUsers: async (given) => {
      await writeUsers(users, given);
      running?.child.kill('SIGHUP');
    },
    log: () => readFileSync(logFile, 'utf8'),
    stop: async () => {
      running?.child.kill('SIGKILL');
      await running?.ended;
    },
  };
}

function settingsOf(props: PgbouncerProps, users: string, logFile: string): string {
  const { folder, address, port, databasePort, databaseName, certificates, byPassword } = props;
  const settings = {
    listen_addr: address,
    listen_port: port,
    unix_socket_dir: '',
    logfile: logFile,
    auth_type: byPassword ? 'scram-sha-256' : 'trust',
    auth_file: users,
    pool_mode: 'transaction',
    max_client_conn: 500,
    default_pool_size: 20,
    server_login_retry: 1, // s: a database that is back is found soon
    ignore_startup_parameters: 'extra_float_digits',
    client_tls_sslmode: 'require',
    client_tls_cert_file: certificates.certificate,
    client_tls_key_file: certificates.key,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const database = `${databaseName} = host=${folder} port=${databasePort} dbname=${databaseName}`;
  return ['[databases]', database, '[pgbouncer]', ...lines, ''].join('\n');
}

const writeUsers = (file: string, users: ReadonlyMap<string, string>): Promise<void> =>
  writeOwned(file, [...users].map(([user, password]) => `"${user}" "${password}"\n`).join(''));

/** Passwords stand there: for PostgreSQL's user alone. */
async function writeOwned(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
  const owner = postgresOwner();
  if (owner !== undefined) await chown(file, owner.uid, owner.gid);
}

async function untilReady(child: ReturnType<typeof startChild>, ended: Promise<unknown>): Promise<void> {
  const lines: string[] = [];
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    lines.splice(0, lines.length - 10);
    if (line.includes('process up')) resolve();
  });
  child.stdout.resume();
  const failed = ended.then(() => {
    throw new Error(`PgBouncer ended before it took connections:\n${lines.join('\n')}`);
  });
  await Promise.race([ready, failed]);
  failed.catch(() => undefined); // from now on its end is expected
}
