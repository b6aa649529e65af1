import type { Client } from 'pg';
import { databaseName, databaseRoles } from '../../../services/contract';
import type { Started } from '../../support/started';
import { type Rds, startRds } from './rds';

export interface StoreDatabase extends Rds {
  /** Runs SQL in the store's database, as the superuser. */
  query(text: string): Promise<Record<string, unknown>[]>;
}

/** A PostgreSQL with the store's schema, and with the products and users of `npm run local`. */
export async function startStoreDatabase(): Promise<StoreDatabase> {
  const rds = await startRds('seeded');
  return { ...rds, query: (text) => rds.sql(text, databaseName) };
}

/** So many connections as the API has them, for what happens at the same time; they end with the suite. */
export const connectLanes = (store: StoreDatabase, started: Started, lanes: number): Promise<readonly Client[]> =>
  Promise.all(
    Array.from({ length: lanes }, async () => {
      const client = await store.connect(databaseRoles.app);
      started.defer(() => client.end());
      return client;
    }),
  );
