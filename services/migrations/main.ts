import { join } from 'node:path';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { adminArgument, adminExitCodes } from '../accounts/admin-task';
import {
  databaseRoles,
  importArgument,
  importLimitSeconds,
  metrics as metricNames,
  migrationsLimitSeconds,
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
import { restartIfOlder } from './restart';
import { currentPassword, type RoleLogIns, roleLogIns } from './role-log-ins';
import { oldestPassword, rotate } from './rotate';

/** What else this process does than to migrate; its name in the log, and how it is told there. */
const tasks: Readonly<Record<string, { readonly service: string; readonly doing: string }>> = {
  [rotateArgument]: { service: 'rotation', doing: 'Rotating' },
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
  if (argument === rotateArgument) {
    await rotate({ environment, client, log });
    await restartHanded();
  }
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

async function restartHanded(): Promise<void> {
  const { handed, passwordSecrets, database } = environment;
  const secretId = passwordSecrets.get(databaseRoles.app);
  if (handed === undefined || secretId === undefined) return;
  const { createdAt: since } = await currentPassword(client, secretId);
  await restartIfOlder({ client: new ECSClient({ region: database.region, ...clientSettings }), handed, since, log });
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
