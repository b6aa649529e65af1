import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { newsTypes } from '../orders/news';
import type { Logger } from '../runtime/logger';
import type { QueueSender } from '../runtime/queue-sender';
import { queueNotificationEmails } from './notification-emails';

/** Announcements that one statement takes and whose messages are sent at once; e-mails that one round asks for. */
const batch = { messages: 20, emails: 100 } as const;

interface Announcement {
  readonly id: string;
  readonly type: (typeof newsTypes)[number];
  readonly queued: number;
}

/**
 * Queues what is to be told: what is new; and again after one minute, two, four and so on what is not known to be told to its end, as whoever had its
 * message died, or was of a release that does not know it. Any number of workers may do it at once: each takes others. Triggers write announcements, who know
 * of no request: the round has an id of its own.
 */
export async function queueAnnouncements(writer: Pool, queues: QueueSender, log: Logger, signal: AbortSignal): Promise<void> {
  let taken: readonly Announcement[];
  const requestId = randomUUID();
  do {
    const { rows } = await writer.query<Announcement>(
      `with due as (
         select id from announcements where queue_at <= now() order by queue_at limit $1 for update skip locked
       )
       update announcements
          set queue_at = now() + make_interval(mins => (2 ^ least(queued, 12))::integer), queued = queued + 1
         from due where announcements.id = due.id
       returning announcements.id, announcements.type, announcements.queued`,
      [batch.messages],
    );
    taken = rows;
    await Promise.all(taken.map(({ id, type }) => queues.send('notifications', { id, type, requestId })));
    if (taken.length > 0) log.info('Announcements were queued', { requestId, ids: taken.map(({ id }) => id) });
    const again = taken.filter(({ queued }) => queued > 1).length;
    if (again > 0) log.warn('Announcements were queued again', { requestId, messages: again });
  } while (taken.length === batch.messages && !signal.aborted);
}

/** Asks for e-mails whose notification was written a minute ago and whose message is not known to be on the queue. */
export async function requeueNotificationEmails(writer: Pool, queues: QueueSender, log: Logger): Promise<void> {
  const { rows } = await writer.query<{ id: string }>(
    `select id from notifications
      where by_email and email_queued_at is null and created_at < now() - interval '1 minute' order by created_at limit $1`,
    [batch.emails],
  );
  const requestId = randomUUID();
  await queueNotificationEmails(
    rows.map(({ id }) => id),
    requestId,
    writer,
    queues,
  );
  if (rows.length > 0) log.info('Queued e-mails of notifications that had waited', { requestId, emails: rows.length });
}
