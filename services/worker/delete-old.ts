import type { Pool } from 'pg';

/** Rows that one statement deletes. */
const batch = 1_000;

/** Days that a handled message is remembered: SQS keeps one for 14, and dead letters that are moved back for as long again. */
const handledDays = 30;

/** Days that an e-mail about an account or an announcement is known: as long as SQS keeps its message, so that a dead letter that is moved back finds it. */
const messageDays = 14;

/** Days that a user finds a notification, and that the link of its e-mail stops others: an assumption. */
const notificationDays = 180;

/** Hours after which no task has a session in its cache that an end concerns: see `cacheTimes.session`. */
const endsHours = 3;

/** Days after which a former store's hash is no password any more: an assumption, who has not come for half a year asks for a password reset. */
const formerPasswordDays = 180;

/** Deletes rows by an index on `time`, oldest first, and waits for nobody who is at one. */
const old = (table: string, key: string, time: string, when: string): string =>
  `delete from ${table} where (${key}) in (
     select ${key} from ${table} where ${time} ${when} order by ${time} limit $1 for update skip locked)`;

const over = '<= now()';
const olderThan = (interval: string): string => `< now() - interval '${interval}'`;

const statements = [
  old('sessions', 'token_hash', 'expires_at', over),
  old('handled_messages', 'queue, key', 'handled_at', olderThan(`${handledDays} days`)),
  old('session_ends', 'user_id', 'ended_at', olderThan(`${endsHours} hours`)),
  old('message_claims', 'queue, key', 'claimed_at', olderThan(`${handledDays} days`)),
  old('registrations', 'id', 'expires_at', over),
  old('account_links', 'token_hash', 'expires_at', over),
  old('former_passwords', 'user_id', 'imported_at', olderThan(`${formerPasswordDays} days`)),
  // Once the last customer of a former store has a password of ours, no log-in takes the work of theirs any more.
  `delete from former_passwords where user_id in (select user_id from former_passwords
     where not exists (select from former_passwords where hash is not null) limit $1)`,
  old('account_emails', 'id', 'requested_at', olderThan(`${messageDays} days`)),
  old('announcements', 'id', 'created_at', olderThan(`${messageDays} days`)),
  old('notifications', 'id', 'created_at', olderThan(`${notificationDays} days`)),
  old('guest_carts', 'id', 'expires_at', over),
];

/** Deletes sessions, registrations, links and guest carts that are over, and what is remembered of messages that cannot come again. */
export async function deleteOld(writer: Pool, signal: AbortSignal): Promise<void> {
  for (const statement of statements) {
    let deleted = batch;
    while (deleted === batch && !signal.aborted) deleted = (await writer.query(statement, [batch])).rowCount ?? 0;
  }
}
