import { join } from 'node:path';
import { environmentOrExit, readMigrationsEnvironment } from '../environment';
import { createLogger, describeError } from '../logger';
import { migrate } from './migrate';

const log = createLogger('migrations');
const environment = environmentOrExit(readMigrationsEnvironment, log);

// Beside the source and beside the bundle alike. A failure exits 1: ECS starts the task anew, which tries again.
migrate({ environment, log, sqlFolder: join(__dirname, 'sql') }).catch((error: unknown) => {
  log.error('Migrating failed', describeError(error));
  process.exit(1); // not exitCode: a connection that failed half-way would keep the process alive
});
