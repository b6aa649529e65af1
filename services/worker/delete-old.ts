import type { Pool } from 'pg';

/** Rows that one statement deletes. */
const batch = 1_000;

/** Days that a handled message is remembered: SQS keeps one for 14, and dead letters that are moved back for as long again. */
const handledDays = 30;

/** Days that an e-mail about an account is known: as long as SQS keeps its message, so that a dead letter that is moved back finds it. */
const accountEmailDays = 14;

/** Hours after which no task has a session in its cache that an end concerns: see `cacheTimes.session`. */
const endsHours = 3;

const statements = [
  `delete from sessions where token_hash in (
     select token_hash from sessions where expires_at <= now() order by expires_at limit $1 for update skip locked)`,
  `delete from handled_messages where (queue, key) in (
     select queue, key from handled_messages where handled_at < now() - interval '${handledDays} days'
      order by handled_at limit $1 for update skip locked)`,
  `delete from session_ends where user_id in (
     select user_id from session_ends where ended_at < now() - interval '${endsHours} hours'
      order by ended_at limit $1 for update skip locked)`,
  `delete from message_claims where (queue, key) in (
     select queue, key from message_claims where claimed_at < now() - interval '${handledDays} days'
      order by claimed_at limit $1 for update skip locked)`,
  `delete from registrations where id in (
     select id from registrations where expires_at <= now() order by expires_at limit $1 for update skip locked)`,
  `delete from account_links where token_hash in (
     select token_hash from account_links where expires_at <= now() order by expires_at limit $1 for update skip locked)`,
  `delete from account_emails where id in (
     select id from account_emails where requested_at < now() - interval '${accountEmailDays} days'
      order by requested_at limit $1 for update skip locked)`,
];

/** Deletes sessions, registrations and links that are over, and what is remembered of messages that cannot come again. */
export async function deleteOld(writer: Pool, signal: AbortSignal): Promise<void> {
  for (const statement of statements) {
    let deleted = batch;
    while (deleted === batch && !signal.aborted) deleted = (await writer.query(statement, [batch])).rowCount ?? 0;
  }
}
