import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { MessageKey } from './once';

/**
 * Seconds that one try may take, from its claim to its note: an assumption. A worker that is killed within leaves its claim, and whoever
 * gets its message next waits for the end of it.
 */
const claimSeconds = 30;

/** ms that the effect itself may take. What is left is for a process that stood still between its claim and the effect. */
export const longestEffectMs = 15_000;

/** `taken`: somebody else is at it. */
export type Claimed = 'done' | 'done before' | 'taken';

const claimSql = `
  with claimed as (
    insert into message_claims as claim (queue, key, holder, ends_at)
    select $1, $2, $3, clock_timestamp() + make_interval(secs => $4)
     where not exists (select from handled_messages where queue = $1 and key = $2)
    on conflict (queue, key) do update set holder = excluded.holder, claimed_at = now(), ends_at = excluded.ends_at
     where claim.ends_at <= clock_timestamp()
    returning true
  )
  select exists (select from claimed) as ours, exists (select from handled_messages where queue = $1 and key = $2) as done`;

const doneSql = `
  with noted as (insert into handled_messages (queue, key) values ($1, $2) on conflict (queue, key) do nothing)
  insert into message_claims as claim (queue, key, holder, ends_at) values ($1, $2, $3, 'infinity')
  on conflict (queue, key) do update set ends_at = 'infinity'`;

const releaseSql = `update message_claims set ends_at = now() where queue = $1 and key = $2 and holder = $3 and ends_at <> 'infinity'`;

/**
 * Runs an effect that no database can undo, once: a claim, the effect, the note that it happened, each by itself, so that no transaction and
 * no connection waits for the effect. One that fails may be tried again at once. A process that is killed between effect and note has it
 * happen again: nobody knows then that it did. The signal of the effect is aborted after `longestEffectMs`, or with the given one.
 */
export async function claimed(
  pool: Pool,
  { queue, key }: MessageKey,
  signal: AbortSignal,
  effect: (signal: AbortSignal) => Promise<void>,
): Promise<Claimed> {
  const holder = randomUUID();
  const limited = AbortSignal.any([signal, AbortSignal.timeout(longestEffectMs)]); // begins before the claim, and ends before it
  const { rows } = await pool.query<{ ours: boolean; done: boolean }>(claimSql, [queue, key, holder, claimSeconds]);
  if (rows[0]?.ours !== true) return rows[0]?.done === true ? 'done before' : 'taken';
  try {
    limited.throwIfAborted();
    await effect(limited);
  } catch (error) {
    await pool.query(releaseSql, [queue, key, holder]).catch(() => undefined); // it ends by itself
    throw error;
  }
  await pool.query(doneSql, [queue, key, holder]);
  return 'done';
}
