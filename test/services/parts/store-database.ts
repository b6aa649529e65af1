import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { seed } from '../../../bin/local/seed';
import { databaseName, databaseRoles } from '../../../services/contract';
import { masterPassword, type Rds, startRds } from './rds';

export interface StoreDatabase extends Rds {
  /** Runs SQL in the store's database, as the superuser. */
  query(text: string): Promise<Record<string, unknown>[]>;
}

const project = join(__dirname, '../../..');

/** A PostgreSQL with the store's schema, and with the products and users of `npm run local`. */
export async function startStoreDatabase(): Promise<StoreDatabase> {
  const rds = await startRds();
  await rds.reset();
  await promisify(execFile)(process.execPath, ['-r', './register.cjs', 'services/migrations/main.ts'], {
    cwd: project,
    env: {
      AWS_REGION: 'eu-west-1',
      DATABASE_DIRECT_HOST: `127.0.0.1:${rds.port}`,
      DATABASE_NAME: databaseName,
      DATABASE_AUTH: 'none',
      DATABASE_MASTER_SECRET: JSON.stringify({ username: 'store_master', password: masterPassword }),
    },
  });
  const client = await rds.connect(databaseRoles.migrations);
  await seed(client);
  await client.end();
  return { ...rds, query: (text) => rds.sql(text, databaseName) };
}
