import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { AccountEmailType } from '../accounts/account-emails';
import type { Logger } from '../runtime/logger';
import type { QueueSender } from '../runtime/queue-sender';

/** Rows that one round queues. */
const batch = 100;

/** Hours after which nobody waits for an e-mail any more: as long as a link to a new address works. */
const longestHours = 24;

interface Waiting<Row> {
  readonly table: 'payment_events' | 'account_emails';
  /** SQL of the rows; $1: how many at the most. */
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly send: (row: Row) => Promise<void>;
}

interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly payment_intent_id: string;
  readonly request_id: string | null;
}

interface EmailRow {
  readonly id: string;
  readonly type: AccountEmailType;
  /** null where a function of the database wrote the row, or a release before this one. */
  readonly request_id: string | null;
}

/**
 * Queues payment events that the API stored and could not queue, a minute after they came: Stripe sends them again, too, but only after a while,
 * and not if its retries are over. What is queued twice is handled once.
 */
export async function requeueEvents(writer: Pool, queues: QueueSender, log: Logger): Promise<void> {
  const ofRun = randomUUID();
  const events = await requeue<EventRow>(writer, {
    table: 'payment_events',
    text: `select id, type, payment_intent_id, request_id from payment_events
      where queued_at is null and received_at < now() - interval '1 minute' order by received_at limit $1`,
    send: ({ id, type, payment_intent_id: intentId, request_id: requestId }) =>
      queues.send('payments', { id, type, requestId: requestId ?? ofRun }, intentId),
  });
  if (events > 0) log.info('Queued payment events that had waited', { requestId: ofRun, events });
}

/** Queues e-mails about accounts that the API noted and could not queue, a minute after that. What is queued twice is sent once. */
export async function requeueAccountEmails(writer: Pool, queues: QueueSender, log: Logger): Promise<void> {
  const ofRun = randomUUID();
  const emails = await requeue<EmailRow>(writer, {
    table: 'account_emails',
    text: `select id, type, request_id from account_emails
      where queued_at is null and requested_at between now() - make_interval(hours => $2) and now() - interval '1 minute'
      order by requested_at limit $1`,
    values: [longestHours],
    send: ({ id, type, request_id: requestId }) => queues.send('email', { id, type, requestId: requestId ?? ofRun }),
  });
  if (emails > 0) log.info('Queued e-mails about accounts that had waited', { requestId: ofRun, emails });
}

/** Gives how many. */
async function requeue<Row extends { readonly id: string }>(
  writer: Pool,
  { table, text, values = [], send }: Waiting<Row>,
): Promise<number> {
  const { rows } = await writer.query<Row>(text, [batch, ...values]);
  for (const row of rows) {
    await send(row);
    await writer.query(`update ${table} set queued_at = now() where id = $1`, [row.id]);
  }
  return rows.length;
}
