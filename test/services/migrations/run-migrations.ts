import { databaseName } from '../../../services/contract';
import type { Bundle } from '../parts/bundle';
import { masterPassword } from '../parts/data-folder';
import type { Rds } from '../parts/rds';

/** The migrations of a bundle, with the master's secret as at a first start; they have to end well. */
export async function runMigrations(bundle: Bundle, rds: Rds): Promise<void> {
  const run = bundle.start('migrations', {
    AWS_REGION: 'eu-west-1',
    DATABASE_DIRECT_HOST: `127.0.0.1:${rds.port}`,
    DATABASE_NAME: databaseName,
    DATABASE_AUTH: 'none',
    DATABASE_MASTER_SECRET: JSON.stringify({ username: 'store_admin', password: masterPassword, engine: 'postgres' }),
  });
  expect([await run.exit, run.output()]).toEqual([0, expect.any(String)]);
}
