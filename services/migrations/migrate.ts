import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type MigrationBuilder, runner } from 'node-pg-migrate';
import type { Client } from 'pg';
import type { Logger } from '../runtime/logger';
import { withMigrationLock } from './lock';
import { type LogInProps, logInAsMigrations } from './log-in';
import { copyAllSettings } from './users';

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
    if (behind.length === 0) log.info('The schema is up to date', { migrations: done.length });
    else
      await withMigrationLock(client, log, async () => {
        await runMigrations(client, sqlFolder, log);
        await copyAllSettings(client); // a release may change time limits of a role
      });
  } finally {
    await client.end();
  }
}

async function migrationNames(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files.filter((file) => file.endsWith('.sql')).map((file) => basename(file, '.sql'));
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
