import { Pool } from 'pg';
import { databaseConnection } from './database-connection';
import type { DatabaseSettings, Endpoint } from './environment';
import { describeError, type Logger } from './logger';
import { timeQueries } from './query-time';

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
 * `observeQuery` is told how long each query took, in ms.
 */
export function createDatabase(settings: DatabaseSettings, log: Logger, observeQuery?: (ms: number) => void): Database {
  const timedPool = (endpoint: Endpoint): Pool => {
    const made = createPool(endpoint, settings, log);
    if (observeQuery) made.on('connect', (client) => timeQueries(client, observeQuery));
    return made;
  };
  const writer = timedPool(settings.writer);
  const readers = settings.readers.map(timedPool);
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
