import { join } from 'node:path';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { databaseRoles, metrics as metricNames, migrationsLimitSeconds, rotateArgument } from '../contract';
import { clientSettings } from '../runtime/aws-error';
import { secretLimits } from '../runtime/database-password';
import { environmentOrExit } from '../runtime/environment';
import { createLogger, describeError } from '../runtime/logger';
import { createMetrics } from '../runtime/metrics';
import { readMigrationsEnvironment } from './environment';
import { migrate } from './migrate';
import { restartIfOlder } from './restart';
import { currentPassword, roleLogIns } from './role-log-ins';
import { oldestPassword, rotate } from './rotate';

const rotating = process.argv[2] === rotateArgument;
const log = createLogger(rotating ? 'rotation' : 'migrations');
const environment = environmentOrExit(readMigrationsEnvironment, log);
const client = new SecretsManagerClient({ region: environment.database.region, ...secretLimits });

// ECS cannot set the limit: Fargate's start timeout ends at two minutes, and without one it waits for as long as it takes.
setTimeout(() => {
  log.error(rotating ? 'Rotating took too long' : 'Migrating took too long', { limitSeconds: migrationsLimitSeconds });
  process.exit(1);
}, migrationsLimitSeconds * 1000).unref();

async function run(): Promise<void> {
  if (rotating) {
    await rotate({ environment, client, log });
    await restartHanded();
  }
  // Beside the source and beside the bundle alike.
  else await migrate({ environment, logIns: roleLogIns(environment, client), log, sqlFolder: join(__dirname, 'sql') });
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
    await run();
  } finally {
    await tellAge();
  }
  client.destroy();
}

// A failure exits 1: ECS starts the task of a service anew, which tries again; a rotation waits for the next night.
main().catch((error: unknown) => {
  log.error(rotating ? 'Rotating failed' : 'Migrating failed', describeError(error));
  process.exit(1); // not exitCode: a connection that failed partway would keep the process alive
});
