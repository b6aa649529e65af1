import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Logger } from '../runtime/logger';

/** Any number that nothing else in this database locks. */
const lockKey = 5_318_008_021;

/** ms between two tries, plus as much again at random. */
const retryMs = 250;

/**
 * Runs `work` while no other starter does. Waits by asking again, not by `pg_advisory_lock`: a waiting statement holds a
 * snapshot, and `create index concurrently` waits for snapshots, so the two would wait for each other. How long
 * is up to main.ts, which ends the process after its limit.
 */
export async function withMigrationLock(client: Client, log: Logger, work: () => Promise<void>): Promise<void> {
  let waiting = false;
  while (!(await tryLock(client))) {
    if (!waiting) log.info('Another task is migrating; waiting for it');
    waiting = true;
    await pause(retryMs * (1 + Math.random()));
  }
  try {
    await work();
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockKey]);
  }
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [lockKey]);
  return rows[0]?.locked === true;
}
