import { join } from 'node:path';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { adminArgument, adminExitCodes } from '../accounts/admin-task';
import {
  importArgument,
  importLimitSeconds,
  metrics as metricNames,
  migrationsLimitSeconds,
  rolesArgument,
  rotateArgument,
} from '../contract';
import { clientSettings } from '../runtime/aws-error';
import { secretLimits } from '../runtime/database-password';
import { environmentOrExit } from '../runtime/environment';
import { createLogger, describeError } from '../runtime/logger';
import { createMetrics } from '../runtime/metrics';
import { changeAdmin } from './admin';
import { readMigrationsEnvironment } from './environment';
import { importRows } from './import/import';
import { createImportObjects } from './import/objects';
import { migrate } from './migrate';
import { prepareRoles } from './prepare-roles';
import { type RoleLogIns, roleLogIns } from './role-log-ins';
import { oldestPassword, rotate } from './rotate';

/** What else this process does than to migrate; its name in the log, and how it is told there. */
const tasks: Readonly<Record<string, { readonly service: string; readonly doing: string }>> = {
  [rotateArgument]: { service: 'rotation', doing: 'Rotating' },
  [rolesArgument]: { service: 'roles', doing: 'Creating roles' },
  [adminArgument]: { service: 'admin', doing: 'Changing an admin' },
  [importArgument]: { service: 'import', doing: 'Importing' },
};
const [, , argument = '', ...rest] = process.argv;
const { service, doing } = tasks[argument] ?? { service: 'migrations', doing: 'Migrating' };
const log = createLogger(service);
const environment = environmentOrExit(readMigrationsEnvironment, log);
const client = new SecretsManagerClient({ region: environment.database.region, ...secretLimits });

// ECS cannot set the limit: Fargate's start timeout ends at two minutes, and without one it waits for as long as it takes.
const limitSeconds = argument === importArgument ? importLimitSeconds : migrationsLimitSeconds;
setTimeout(() => {
  log.error(`${doing} took too long`, { limitSeconds });
  process.exit(1);
}, limitSeconds * 1000).unref();

/** Gives the exit code. */
async function run(): Promise<number> {
  const logIns = roleLogIns(environment, client);
  if (argument === adminArgument) return adminExitCodes[await changeAdmin({ environment, logIns, log }, rest)];
  if (argument === importArgument) return bringIn(logIns);
  const ecs = new ECSClient({ region: environment.database.region, ...clientSettings });
  if (argument === rotateArgument) await rotate({ environment, client, ecs, log });
  else if (argument === rolesArgument) await prepareRoles({ environment, logIns, log });
  // Beside the source and beside the bundle alike.
  else await migrate({ environment, logIns, log, sqlFolder: join(__dirname, 'sql') });
  return 0;
}

async function bringIn(logIns: RoleLogIns): Promise<number> {
  const { filesBucket, database } = environment;
  if (filesBucket === undefined) throw new Error('The environment names no bucket of files');
  const objects = createImportObjects(database.region, filesBucket);
  try {
    return await importRows({ environment, logIns, log, objects }, rest);
  } finally {
    objects.close();
  }
}

/** Whatever came of it: the alarm on it says what did not happen. */
async function tellAge(): Promise<void> {
  if (environment.passwordSecrets.size === 0 || environment.store === undefined) return;
  try {
    const metrics = createMetrics(environment.store, process.stdout);
    metrics.observe(metricNames.passwordAge, await oldestPassword({ environment, client }));
    metrics.close();
  } catch (error) {
    log.warn('The age of the passwords is not known', describeError(error));
  }
}

async function main(): Promise<void> {
  try {
    process.exitCode = await run();
  } finally {
    await tellAge();
  }
  client.destroy();
}

// A failure exits 1: ECS starts the task of a service anew, which tries again; a rotation waits for the next night.
main().catch((error: unknown) => {
  log.error(`${doing} failed`, describeError(error));
  process.exit(1); // not exitCode: a connection that failed partway would keep the process alive
});
