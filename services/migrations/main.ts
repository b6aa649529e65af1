import { join } from 'node:path';
import { migrationsLimitSeconds } from '../contract';
import { environmentOrExit } from '../runtime/environment';
import { createLogger, describeError } from '../runtime/logger';
import { readMigrationsEnvironment } from './environment';
import { migrate } from './migrate';

const log = createLogger('migrations');
const environment = environmentOrExit(readMigrationsEnvironment, log);

// ECS cannot set the limit: Fargate's start timeout ends at two minutes, and without one it waits for as long as it takes.
setTimeout(() => {
  log.error('Migrating took too long', { limitSeconds: migrationsLimitSeconds });
  process.exit(1);
}, migrationsLimitSeconds * 1000).unref();

// Beside the source and beside the bundle alike. A failure exits 1: ECS starts the task anew, which tries again.
migrate({ environment, log, sqlFolder: join(__dirname, 'sql') }).catch((error: unknown) => {
  log.error('Migrating failed', describeError(error));
  process.exit(1); // not exitCode: a connection that failed partway would keep the process alive
});
