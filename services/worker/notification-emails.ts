import type { Pool } from 'pg';
import { type OrderNews, restockNews } from '../orders/news';
import type { QueueSender } from '../runtime/queue-sender';
import { orderEmailMessage, refundEmailMessage, restockEmailMessage } from './jobs/email';

interface Row {
  readonly id: string;
  readonly type: OrderNews | typeof restockNews;
  readonly orderId: string | null;
  readonly refundId: string | null;
}

/** Messages that are sent to the queue at once: an assumption. */
const atOnce = 10;

/** Asks for the e-mails of notifications. One that is asked for twice, or that a release before this one asked for, is sent once. */
export async function queueNotificationEmails(
  ids: readonly string[],
  requestId: string,
  writer: Pool,
  queues: QueueSender,
): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await writer.query<Row>(
    'select id, type, order_id as "orderId", refund_id as "refundId" from notifications where id = any ($1)',
    [ids],
  );
  for (let first = 0; first < rows.length; first += atOnce) {
    const some = rows.slice(first, first + atOnce);
    await Promise.all(some.map((row) => queues.send('email', { ...messageOf(row), requestId })));
    await writer.query('update notifications set email_queued_at = now() where id = any ($1)', [some.map(({ id }) => id)]);
  }
}

function messageOf({ id, type, orderId, refundId }: Row) {
  if (type === restockNews || orderId === null) return restockEmailMessage(id);
  return type === 'refund' ? refundEmailMessage(orderId, refundId ?? '') : orderEmailMessage(type, orderId);
}
