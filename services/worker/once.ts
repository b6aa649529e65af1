import type { Pool, PoolClient } from 'pg';
import type { QueueName } from '../contract';

export interface MessageKey {
  readonly queue: QueueName;
  /** The same however often the message is sent. */
  readonly key: string;
}

/** `first`: the effect has just happened. Otherwise it had before, and was not run. */
export type Once<T> = { readonly first: true; readonly result: T } | { readonly first: false };

/**
 * Runs an effect in one transaction with the note that it happened: both or neither. Where somebody else is at the same message, this
 * waits for the end of that transaction, and runs the effect only if it was rolled back. The effect uses the given client and no
 * other connection: jobs that hold one and wait for a second would wait for each other.
 */
export async function once<T>(
  pool: Pool,
  { queue, key }: MessageKey,
  signal: AbortSignal,
  effect: (client: PoolClient) => Promise<T>,
): Promise<Once<T>> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError); // a pool listens only while a connection is idle
  try {
    await client.query('begin');
    const { rowCount } = await client.query(
      'insert into handled_messages (queue, key) values ($1, $2) on conflict (queue, key) do nothing',
      [queue, key],
    );
    signal.throwIfAborted(); // the message may be somebody else's after a long wait
    const outcome: Once<T> = rowCount === 0 ? { first: false } : { first: true, result: await effect(client) };
    // Where a query failed and the effect kept that to itself, PostgreSQL answers with a rollback and no error.
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') throw new Error('A transaction was rolled back by its commit');
    return outcome;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken ??= failure;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
