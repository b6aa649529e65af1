import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { databaseMasterUser, databaseName } from '../../services/contract';
import { migrationsVariables } from './environment';
import type { LocalFolders } from './folders';
import { LocalError } from './local-error';
import { asSuperuser, type PostgresServer } from './parts/postgres-process';
import { makeRds, masterSecret } from './parts/rds';
import { startService } from './parts/service';
import { seed } from './seed';
import { serviceOutput } from './service-output';

export interface PrepareDataProps {
  readonly primary: PostgresServer;
  /** Folder of the services' bundle. */
  readonly bundle: string;
  readonly folders: LocalFolders;
  /** What somebody at the terminal should see. */
  readonly write: (text: string) => void;
  /** Something is done. */
  readonly step: (text: string) => void;
}

/** Database, schema and, the first time, the seed. */
export async function prepareData({ primary, bundle, folders, write, step }: PrepareDataProps): Promise<void> {
  const password = randomUUID();
  await makeRds(primary, password);
  const databases = await primary.sql('select from pg_database where datname = $1', [databaseName]);
  if (databases.length === 0) await primary.sql(`create database ${databaseName} owner ${databaseMasterUser}`);
  // On RDS the master may; here only the superuser.
  await primary.sql('create extension if not exists pg_stat_statements', [], databaseName);

  const variables = migrationsVariables(primary.port, masterSecret(password));
  const migrations = startService(bundle, 'migrations', variables, serviceOutput(folders.logs, 'migrations', write));
  const code = await migrations.exit;
  if (code !== 0) throw new LocalError(`The migrations failed (exit ${code}):\n${lastLines(migrations.output())}`);
  step('Schema is up to date');

  if (existsSync(folders.seeded)) return;
  await asSuperuser(primary.port, databaseName, seed);
  writeFileSync(folders.seeded, '');
  step('Seeded');
}

export const lastLines = (output: string): string => output.trimEnd().split('\n').slice(-10).join('\n');
