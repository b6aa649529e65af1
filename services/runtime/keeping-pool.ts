import { Pool, type PoolClient } from 'pg';
import { endsConnection } from './connection-error';

export type Connected = NonNullable<Parameters<typeof Pool.prototype.connect>[0]>;

/**
 * A pool that gives a connection up where it is broken, and keeps it where only a query failed. pg's own gives up each one whose query failed
 * (pg-pool: `query` hands any error to `release`), so that an expected refusal, such as the last unit sold to somebody else, costs a log-in.
 */
export class KeepingPool extends Pool {
  override connect(): Promise<PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<PoolClient> | undefined {
    if (callback !== undefined) {
      this.open(callback);
      return undefined;
    }
    return new Promise((resolve, reject) => {
      this.open((error, client) => (client === undefined ? reject(error) : resolve(client)));
    });
  }

  protected open(callback: Connected): void {
    super.connect((error, client, done) => {
      if (client === undefined) return callback(error, client, done);
      // `done` is the client's own `release`, which the pool makes each time it lends the client.
      const release: typeof done = (reason) => done(reason === undefined || endsConnection(reason) ? reason : undefined);
      client.release = release;
      return callback(error, client, release);
    });
  }
}
