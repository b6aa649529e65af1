import { databaseName } from '../../../services/contract';
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
