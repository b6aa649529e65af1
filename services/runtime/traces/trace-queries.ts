import type { Pool, PoolClient } from 'pg';
import type { CallStart, Traces } from '../traces';

export interface TracedServer {
  readonly database: string;
  readonly host: string;
  readonly port: number;
  /** Which of the two the store asked. */
  readonly endpoint: 'writer' | 'reader';
}

type Query = (...parameters: unknown[]) => unknown;
type Callback = (error: Error | null | undefined, ...results: unknown[]) => unknown;

/**
 * Records the queries of a pool: text with its placeholders, never their values. What waits for a connection goes on with its own unit, whoever gives
 * that connection back.
 */
export function traceQueries(pool: Pool, server: TracedServer, traces: Traces): void {
  const connect = pool.connect.bind(pool) as Query;
  const bound = (callback?: (...results: never[]) => unknown): unknown =>
    callback === undefined ? connect() : connect(traces.bind(callback));
  pool.connect = bound as typeof pool.connect;
  pool.on('connect', (client) => traceClient(client, server, traces));
}

function traceClient(client: PoolClient, server: TracedServer, traces: Traces): void {
  const query = client.query.bind(client) as Query;
  const traced: Query = (...parameters) => {
    const span = traces.begin(() => startOf(parameters[0], server));
    if (span === undefined) return query(...parameters);
    const ended = (error: unknown): void => {
      if (error !== null && error !== undefined) {
        span.fail(error);
        span.set({ 'db.response.status_code': stateOf(error) });
      }
      span.end();
    };
    const callback = parameters.at(-1);
    if (typeof callback === 'function') {
      const observed: Callback = (error, ...results) => {
        ended(error);
        return (callback as Callback)(error, ...results);
      };
      return query(...parameters.slice(0, -1), observed);
    }
    const result = query(...parameters);
    if (result instanceof Promise) void result.then(() => ended(undefined), ended);
    else ended(undefined); // nobody says when it ends
    return result;
  };
  client.query = traced as typeof client.query;
}

/** @param query text, or pg's object that has it */
function startOf(query: unknown, { database, host, port, endpoint }: TracedServer): CallStart {
  const text = typeof query === 'string' ? query : textOf(query);
  const operation = /[a-z]+/i.exec(text)?.[0].toUpperCase() ?? 'QUERY';
  return {
    name: `${operation} ${database}`,
    kind: 'client',
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': database,
      'db.operation.name': operation,
      'db.query.text': text.replaceAll(/\s+/g, ' ').trim(),
      'server.address': host,
      'server.port': port,
      'store.database.endpoint': endpoint,
    },
  };
}

const textOf = (query: unknown): string =>
  typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : '';

/** SQLSTATE. */
const stateOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
