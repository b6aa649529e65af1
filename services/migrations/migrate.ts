import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type MigrationBuilder, runner } from 'node-pg-migrate';
import { Client, DatabaseError } from 'pg';
import { passwordConnection } from '../runtime/database-connection';
import type { Logger } from '../runtime/logger';
import type { MigrationsEnvironment } from './environment';
import { withMigrationLock } from './lock';
import type { RoleLogIns } from './role-log-ins';
import { createRoles, createStatementStatistics, rolesExist } from './roles';

export interface LogInProps {
  readonly environment: MigrationsEnvironment;
  readonly logIns: RoleLogIns;
  readonly log: Logger;
}

export interface MigrateProps extends LogInProps {
  /**
   * Folder of `0001_name.sql` files, run in the order of their numbers, each in a transaction of its own; but not a file that makes an index
   * concurrently, which PostgreSQL takes outside of one only: its statements have empty lines between them, and may each run again.
   */
  readonly sqlFolder: string;
}

const migrationsTable = 'schema_migrations';

/** A migration that waits longer for a table's lock holds up every query behind it: better to fail and be tried again. */
const lockTimeoutMs = 2_000;

/** Brings the schema up to the SQL folder; asks two questions and changes nothing when it is there or ahead. */
export async function migrate({ environment, logIns, log, sqlFolder }: MigrateProps): Promise<void> {
  const names = await migrationNames(sqlFolder);
  const client = await logInAsMigrations({ environment, logIns, log });
  try {
    const done = await migrationsDone(client);
    const behind = names.filter((name) => !done.includes(name));
    const ahead = done.filter((name) => !names.includes(name));
    if (ahead.length > 0) log.info('The schema is ahead of this version, as after a rollback', { ahead });
    if (behind.length === 0) {
      log.info('The schema is up to date', { migrations: done.length });
      return;
    }
    await withMigrationLock(client, log, () => runMigrations(client, sqlFolder, log));
  } finally {
    await client.end();
  }
}

async function migrationNames(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files.filter((file) => file.endsWith('.sql')).map((file) => basename(file, '.sql'));
}

/** As the migrations' own role; where a role is missing, or this task's roles cannot log in as they should, the master sees to it first. */
async function logInAsMigrations({ environment, logIns, log }: LogInProps): Promise<Client> {
  const [migrations, ...others] = logIns.roles as [string, ...string[]];
  const client = await logIns.connect(migrations);
  if (client !== undefined) {
    if ((await rolesExist(client)) && (await everyoneMayLogIn(logIns, others))) return client;
    await client.end();
  }
  await mendAsMaster({ environment, logIns, log });
  const second = await logIns.connect(migrations);
  if (second === undefined) throw refused(logIns, migrations);
  return second;
}

async function everyoneMayLogIn(logIns: RoleLogIns, roles: readonly string[]): Promise<boolean> {
  for (const role of roles) if (!(await mayLogIn(logIns, role))) return false;
  return true;
}

/** Before its first migration a role may log in, and connect to no database (42501). */
async function mayLogIn(logIns: RoleLogIns, role: string): Promise<boolean> {
  try {
    const client = await logIns.connect(role);
    await client?.end();
    return client !== undefined;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '42501') return true;
    throw error;
  }
}

/**
 * One role after the other, the migrations' own first. A task of the last release that starts late, in the old way of logging in, is no longer
 * allowed to, so it ends there, before it takes a service's role back.
 */
async function mendAsMaster({ environment: { database, master }, logIns, log }: LogInProps): Promise<void> {
  if (master === undefined)
    throw new Error('A database role is missing or cannot log in, and only the master secret may create or mend it');
  log.info('Creating the database roles, or mending how they log in', { roles: logIns.roles });
  const login = { ...database, endpoint: database.direct, user: master.username };
  const client = new Client(passwordConnection(login, master.password));
  await client.connect();
  try {
    await withMigrationLock(client, log, async () => {
      await createRoles(client, database.name);
      for (const role of logIns.roles) {
        await logIns.allow(client, role);
        if (!(await mayLogIn(logIns, role))) throw refused(logIns, role);
      }
      await createStatementStatistics(client, log);
    });
  } finally {
    await client.end();
  }
}

const refused = ({ advice }: RoleLogIns, role: string): Error => new Error(`${role} exists but cannot log in: ${advice}`);

async function migrationsDone(client: Client): Promise<readonly string[]> {
  const table = await client.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [
    `public.${migrationsTable}`,
  ]);
  if (table.rows[0]?.exists !== true) return [];
  const { rows } = await client.query<{ name: string }>(`select name from public.${migrationsTable} order by id`);
  return rows.map(({ name }) => name);
}

async function runMigrations(client: Client, dir: string, log: Logger): Promise<void> {
  await client.query(`set lock_timeout = ${lockTimeoutMs}`);
  const run = await runner({
    dbClient: client,
    dir,
    direction: 'up',
    migrationsTable,
    migrationsSchema: 'public',
    singleTransaction: false, // a transaction a file, so that the files already run stay
    // What is not there yet runs, also beside migrations of a release that was rolled back, or that were merged earlier under a later number.
    checkOrder: false,
    noLock: true, // held already, see lock.ts
    migrationLoaderStrategies: [{ extensions: ['.sql'], loader: loadSql }],
    logger: { debug: () => undefined, info: () => undefined, warn: (text) => log.warn(text), error: (text) => log.error(text) },
  });
  log.info('Migrated', { ran: run.map(({ name }) => name) });
}

const concurrently = /^\s*(create (unique )?index|drop index|reindex \w+) concurrently\b/im;

const loadSql = (files: string[]) =>
  Promise.all(
    files.map(async (file) => {
      const sql = await readFile(file, 'utf8');
      const up = (builder: MigrationBuilder): void => {
        if (!concurrently.test(sql)) {
          builder.sql(sql);
          return;
        }
        builder.noTransaction();
        // One by one: what is sent at once is a transaction again.
        for (const statement of sql.trim().split(/\n{2,}/)) builder.sql(statement);
      };
      return { id: file, filePaths: [file], actions: { up, down: false as const } };
    }),
  );
