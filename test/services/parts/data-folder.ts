import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrationsVariables } from '../../../bin/local/environment';
import { startPostgres, temporaryFolder } from '../../../bin/local/parts/postgres';
import type { PostgresServer } from '../../../bin/local/parts/postgres-process';
import { makeRds, masterSecret } from '../../../bin/local/parts/rds';
import { startService } from '../../../bin/local/parts/service';
import { seed } from '../../../bin/local/seed';
import { databaseMasterUser, databaseName, databaseRoles } from '../../../services/contract';
import { bundleFolder } from '../../../services/image/bundle-folder';
import { templatesFolder } from '../../support/templates-of-a-run';

/** A new RDS instance with an empty database; that with the store's schema; that with products and users of `npm run local`. */
export type Content = 'rds' | 'migrated' | 'seeded';

/** The master's password, as the secret has it. */
export const masterPassword = 'password-of-the-master';

interface Step {
  readonly after?: Content;
  readonly fill: (server: PostgresServer) => Promise<void>;
}

const steps: Readonly<Record<Content, Step>> = {
  rds: {
    fill: async (server) => {
      await makeRds(server, masterPassword);
      await server.sql(`create database ${databaseName} owner ${databaseMasterUser}`);
    },
  },
  migrated: { after: 'rds', fill: ({ port }) => migrateSchema(port) },
  seeded: { after: 'migrated', fill: ({ port }) => seedStore(port) },
};

/** Data folder of a stopped server, made by the first suite of a run that asks and copied by each: `copyOf` of `startPostgres`. */
export async function dataFolder(content: Content): Promise<string> {
  const folder = join(templatesFolder(), `postgres-${content}`);
  if (!existsSync(folder)) await keep(await fill(steps[content]), folder);
  return folder;
}

async function fill({ after, fill: fillIt }: Step): Promise<string> {
  const folder = temporaryFolder();
  const settings = { max_wal_size: '4MB' }; // which is copied, too
  const server = await startPostgres({ folder, settings, ...(after && { copyOf: await dataFolder(after) }) });
  try {
    await fillIt(server);
  } catch (error) {
    await server.kill();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  await server.stop();
  return folder;
}

/** The other worker may have been faster; whoever copies sees the whole of it or nothing. */
async function keep(made: string, folder: string): Promise<void> {
  try {
    await rename(made, folder);
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

async function migrateSchema(port: number): Promise<void> {
  const migrations = startService(
    bundleFolder('services'),
    'migrations',
    migrationsVariables(port, masterSecret(masterPassword)),
  );
  if ((await migrations.exit) !== 0) throw new Error(migrations.output());
}

async function seedStore(port: number): Promise<void> {
  const client = new Client({ host: '127.0.0.1', port, user: databaseRoles.migrations, database: databaseName });
  await client.connect();
  try {
    await seed(client);
  } finally {
    await client.end();
  }
}
