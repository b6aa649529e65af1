import type { ClientBase } from 'pg';

/** Tells how long each query of a connection took, in ms, whether it succeeded or not. */
export function timeQueries(client: ClientBase, observe: (ms: number) => void): void {
  const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
  const timed = (...parameters: unknown[]): unknown => {
    const started = performance.now();
    const finish = (): void => observe(performance.now() - started);
    const callback = parameters.at(-1);
    if (typeof callback === 'function') {
      const observed = (...results: unknown[]): unknown => {
        finish();
        return callback(...results) as unknown;
      };
      return query(...parameters.slice(0, -1), observed);
    }
    const result = query(...parameters);
    if (result instanceof Promise) void result.then(finish, finish);
    return result;
  };
  client.query = timed as typeof client.query;
}
