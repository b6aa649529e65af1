import { drizzle } from 'drizzle-orm/node-postgres';
import { type ClientConfig, Pool } from 'pg';
import { log } from './log.js';
import { required } from './process.js';
import * as schema from './schema.js';

/**
 * For a URL that the stack gives. Of its `sslmode=require` node-postgres would make options of its own, with a warning that is no
 * JSON: TLS is asked for here, and checked against the system's roots and those of NODE_EXTRA_CA_CERTS.
 */
export function connection(url: string): ClientConfig {
  const withoutMode = new URL(url);
  withoutMode.searchParams.delete('sslmode');
  return { connectionString: withoutMode.href, ssl: true, connectionTimeoutMillis: 5_000, keepAlive: true };
}

/** Queries have no name, and nothing is set for a session: the proxy hands a connection to another task after each transaction. */
export function openDatabase() {
  const pool = new Pool({
    ...connection(required('DATABASE_URL')),
    max: Number(required('DATABASE_CONNECTIONS')),
    query_timeout: 10_000, // the client's own: a pooler takes no such parameter of a session
    maxLifetimeSeconds: 600,
  });
  pool.on('error', lost); // of a connection that is idle: the next query opens another
  pool.on('connect', (client) => client.on('error', lost)); // of one within a transaction, whose next query fails
  return {
    db: drizzle(pool, { schema }),
    transaction: <T>(work: Work<T>) => inTransaction(pool, work),
    close: () => pool.end(),
  };
}

function lost(error: Error): void {
  log.warn(error, 'a connection to the database was lost');
}

export type Database = ReturnType<typeof openDatabase>;
type Work<T> = (transaction: Pick<Database['db'], 'insert' | 'select' | 'update'>) => Promise<T>;

/** Not `db.transaction`: of a pool it keeps a connection for ever where `begin` fails, as in a failover (drizzle-orm 0.45.4). */
async function inTransaction<T>(pool: Pool, work: Work<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const result = await drizzle(client, { schema }).transaction(work);
    client.release();
    return result;
  } catch (error) {
    client.release(true); // closed: nobody knows what has become of its transaction
    throw error;
  }
}
