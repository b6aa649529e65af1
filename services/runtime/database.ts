import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Pool, PoolConfig, QueryResult, QueryResultRow } from 'pg';
import { isConnectionError, isReplayConflict } from './connection-error';
import { databaseConnection, passwordConnection } from './database-connection';
import { databasePassword, PasswordPool, readPassword, secretLimits } from './database-password';
import type { DatabaseSettings, Endpoint } from './environment';
import { KeepingPool } from './keeping-pool';
import { describeError, type Logger } from './logger';
import { timeQueries } from './query-time';
import { type ReplicaLimits, type ReplicaWatch, standardLimits, type WatchedServer, watchReplicas } from './replica-watch';
import { retryingClients } from './retrying-client';
import type { Traces } from './traces';
import { type TracedServer, traceQueries } from './traces/trace-queries';

/** Where a single statement runs: each is whole by itself, so that a process that dies between two leaves nothing half done. */
export type Queryable = Pick<Pool, 'query'>;

export interface Database {
  /** Reads and writes: the proxy, or the primary where there is none. */
  readonly writer: Pool;
  /**
   * A query that changes nothing and whose answer may be a few seconds old: from the next replica in turn that is fit, from the writer where
   * none is. Never read back a write with it. A replica that fails is left out from then on and the query repeated on the writer, once.
   */
  read<R extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<QueryResult<R>>;
  /** Waits for queries under way, then closes every connection. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Is told how long each query took, in ms. @default - nobody is */
  readonly observeQuery?: ((ms: number) => void) | undefined;
  /** Records each query. @default - nothing does */
  readonly traces?: Traces | undefined;
  /** When a replica is asked. @default standardLimits */
  readonly limits?: ReplicaLimits;
}

/**
 * Waits for no connection. Through a proxy, `SET`, temporary tables and named prepared statements pin a connection
 * to one task: time limits are settings of the role (`migrations/sql`), and queries have no `name`.
 */
export function createDatabase(
  settings: DatabaseSettings,
  log: Logger,
  { observeQuery, traces, limits = standardLimits }: DatabaseOptions = {},
): Database {
  const logIn = logInOf(settings, log);
  const poolOf = (endpoint: Endpoint, role: TracedServer['endpoint']): Pool => {
    const made = createPool(endpoint, settings, log, logIn);
    if (traces) traceQueries(made, { ...endpoint, database: settings.name, endpoint: role }, traces);
    if (observeQuery) made.on('connect', (client) => timeQueries(client, observeQuery));
    return made;
  };
  const writer = poolOf(settings.writer, 'writer');
  const watch = settings.readers.length > 0 ? startWatch(settings, log, limits, logIn) : undefined;
  const readers = (watch?.replicas ?? []).map((replica) => ({ replica, pool: poolOf(replica.endpoint, 'reader') }));
  let turn = 0;
  const nextReader = () => {
    const first = turn++;
    return readers.map((_, index) => readers[(first + index) % readers.length]).find((reader) => reader?.replica.fit);
  };
  return {
    writer,
    read: async <R extends QueryResultRow>(text: string, values: readonly unknown[] = []) => {
      const reader = nextReader();
      if (reader === undefined) return writer.query<R>(text, [...values]);
      try {
        return await reader.pool.query<R>(text, [...values]);
      } catch (error) {
        if (isConnectionError(error)) reader.replica.failed(error);
        else if (!isReplayConflict(error)) throw error;
        return writer.query<R>(text, [...values]);
      }
    },
    close: async () => {
      await watch?.close();
      await Promise.all([writer, ...readers.map(({ pool }) => pool)].map((pool) => pool.end()));
      logIn.close();
    },
  };
}

/** How every pool of the process logs in. */
interface LogIn {
  readonly pool: (endpoint: Endpoint, config: PoolConfig) => Pool;
  readonly close: () => void;
}

function logInOf(settings: DatabaseSettings, log: Logger): LogIn {
  const { passwordSecret, region } = settings;
  if (passwordSecret === undefined) {
    return {
      pool: (endpoint, config) => new KeepingPool({ ...databaseConnection({ ...settings, endpoint }), ...config }),
      close: () => undefined,
    };
  }
  const client = new SecretsManagerClient({ region, ...secretLimits });
  const password = databasePassword((stage) => readPassword(client, passwordSecret, stage), log);
  return {
    pool: (endpoint, config) =>
      new PasswordPool({ ...passwordConnection({ ...settings, endpoint }, undefined), ...config }, password),
    close: () => client.destroy(),
  };
}

function createPool(endpoint: Endpoint, settings: DatabaseSettings, log: Logger, logIn: LogIn): Pool {
  const pool = logIn.pool(endpoint, {
    Client: retryingClients(),
    query_timeout: settings.queryTimeoutMs,
    max: settings.connections,
    idleTimeoutMillis: 0, // a connection costs a log-in: keep it
  });
  // Without a listener, an idle connection that the server closes (failover) ends the process.
  pool.on('error', (error) => log.warn('An idle database connection ended', describeError(error)));
  return pool;
}

/** By a connection of its own to each server: slow reads cannot hold a check up, and checks are no queries of the store. */
function startWatch(settings: DatabaseSettings, log: Logger, limits: ReplicaLimits, logIn: LogIn): ReplicaWatch {
  const servers = [settings.writer, ...settings.readers].map((endpoint) => {
    const pool = logIn.pool(endpoint, {
      connectionTimeoutMillis: limits.answerMs,
      query_timeout: limits.answerMs,
      max: 1,
      idleTimeoutMillis: 0,
    });
    pool.on('error', () => undefined); // the next check tells
    const ask = async (sql: string) => (await pool.query<{ value: string | null }>(sql)).rows[0]?.value ?? undefined;
    return { endpoint, ask, close: () => pool.end() };
  });
  const [primary, ...replicas] = servers as [WatchedServer, ...WatchedServer[]];
  return watchReplicas({ primary, replicas, log, limits });
}
