import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type MigrationBuilder, runner } from 'node-pg-migrate';
import { Client, DatabaseError } from 'pg';
import { databaseRoles } from '../contract';
import { databaseConnection, passwordConnection } from '../runtime/database-connection';

import type { Logger } from '../runtime/logger';
import type { MigrationsEnvironment } from './environment';
import { withMigrationLock } from './lock';
import { createRoles, createStatementStatistics, rolesExist } from './roles';

export interface MigrateProps {
  readonly environment: MigrationsEnvironment;
  readonly log: Logger;
  /**
   * Folder of `0001_name.sql` files, run in the order of their numbers, each in a transaction of its own; but not the one statement of a
   * file that makes an index concurrently, which PostgreSQL takes outside of one only.
   */
  readonly sqlFolder: string;
}

const migrationsTable = 'schema_migrations';

/** A migration that waits longer for a table's lock holds up every query behind it: better to fail and be tried again. */
const lockTimeoutMs = 2_000;

/** Brings the schema up to the SQL folder; asks two questions and changes nothing when it is there or ahead. */
export async function migrate({ environment, log, sqlFolder }: MigrateProps): Promise<void> {
  const names = await migrationNames(sqlFolder);
  const client = await logInAsMigrations(environment, log);
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

/** As the migrations' own role; where a role is still missing, the master creates them first. */
async function logInAsMigrations(environment: MigrationsEnvironment, log: Logger): Promise<Client> {
  const client = await connectAsMigrations(environment);
  if (client !== undefined) {
    if (await rolesExist(client)) return client;
    await client.end();
  }
  await createRolesAsMaster(environment, log);
  const second = await connectAsMigrations(environment);
  if (second === undefined) {
    throw new Error(
      `${databaseRoles.migrations} exists but cannot log in: check that the task role allows rds-db:connect for it`,
    );
  }
  return second;
}

/** undefined when the server refuses the role, which a role that does not exist looks like. */
async function connectAsMigrations({ database }: MigrationsEnvironment): Promise<Client | undefined> {
  const client = new Client(databaseConnection({ ...database, endpoint: database.direct, user: databaseRoles.migrations }));
  try {
    await client.connect();
    return client;
  } catch (error) {
    // Class 28: invalid authorization specification (28000, also PAM's) and invalid password (28P01).
    if (error instanceof DatabaseError && error.code?.startsWith('28')) return undefined;
    throw error;
  }
}

async function createRolesAsMaster({ database, master }: MigrationsEnvironment, log: Logger): Promise<void> {
  if (master === undefined) throw new Error('A database role is missing, and only the master secret may create it');
  log.info('Creating the database roles');
  const login = { ...database, endpoint: database.direct, user: master.username };
  const client = new Client(passwordConnection(login, master.password));
  await client.connect();
  try {
    await withMigrationLock(client, log, async () => {
      await createRoles(client, database.name);
      await createStatementStatistics(client, log);
    });
  } finally {
    await client.end();
  }
}

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
        if (concurrently.test(sql)) builder.noTransaction();
        builder.sql(sql);
      };
      return { id: file, filePaths: [file], actions: { up, down: false as const } };
    }),
  );
