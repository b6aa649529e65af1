import { Pool } from 'pg';
import { databaseConnection } from './database-connection';
import type { DatabaseSettings, Endpoint } from './environment';
import { describeError, type Logger } from './logger';

export interface Database {
  /** Reads and writes: the proxy, or the primary where there is none. */
  readonly writer: Pool;
  /** The next read replica in turn, or the writer where there is none. Replicas lag: never read back a write from it. */
  reader(): Pool;
  /** Waits for queries under way, then closes every connection. */
  close(): Promise<void>;
}

/**
 * Opens no connection yet. Through a proxy, `SET`, temporary tables and named prepared statements pin a connection
 * to one task: time limits are settings of the role (`migrations/sql`), and queries have no `name`.
 */
export function createDatabase(settings: DatabaseSettings, log: Logger): Database {
  const writer = createPool(settings.writer, settings, log);
  const readers = settings.readers.map((endpoint) => createPool(endpoint, settings, log));
  let turn = 0;
  return {
    writer,
    reader: () => readers[turn++ % readers.length] ?? writer,
    close: async () => {
      await Promise.all([writer, ...readers].map((pool) => pool.end()));
    },
  };
}

function createPool(endpoint: Endpoint, settings: DatabaseSettings, log: Logger): Pool {
  const pool = new Pool({
    ...databaseConnection({ endpoint, user: settings.user, name: settings.name, login: settings.login, region: settings.region }),
    max: settings.connections,
    idleTimeoutMillis: 0, // a connection costs an IAM log-in: keep it
  });
  // Without a listener, an idle connection that the server closes (failover) ends the process.
  pool.on('error', (error) => log.warn('An idle database connection ended', describeError(error)));
  return pool;
}
