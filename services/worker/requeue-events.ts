import type { Pool } from 'pg';
import type { Logger } from '../runtime/logger';
import type { QueueSender } from '../runtime/queue-sender';

interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly payment_intent_id: string;
}

/** Events that one round queues. */
const batch = 100;

/**
 * Queues payment events that the API stored and could not queue, a minute after they came: Stripe sends them again, too, but only after a while,
 * and not if its retries are over. What is queued twice is handled once.
 */
export async function requeueEvents(writer: Pool, queues: QueueSender, log: Logger): Promise<void> {
  const { rows } = await writer.query<EventRow>(
    `select id, type, payment_intent_id from payment_events
      where queued_at is null and received_at < now() - interval '1 minute' order by received_at limit $1`,
    [batch],
  );
  for (const { id, type, payment_intent_id: intentId } of rows) {
    await queues.send('payments', { id, type }, intentId);
    await writer.query('update payment_events set queued_at = now() where id = $1', [id]);
  }
  if (rows.length > 0) log.info('Queued payment events that had waited', { events: rows.length });
}
