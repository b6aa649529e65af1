import type { QueueMessage } from '../../../../services/runtime/queue-sender';
import { queueAnnouncements, requeueNotificationEmails } from '../../../../services/worker/announce';
import { createNotificationsJob } from '../../../../services/worker/jobs/notifications';
import { collectedLog } from '../../parts/collected-log';
import type { Store } from '../store';

/** A worker as far as notifications go. What it queues is collected, until it is handled; it may die before it queues more. */
export function notificationsWorker({ database }: Pick<Store, 'database'>, { toldAtOnce }: { toldAtOnce?: number } = {}) {
  const messages: QueueMessage[] = [];
  const emails: string[] = [];
  let dead = false;
  const { log } = collectedLog();
  const queues = {
    send: async (queue: string, message: QueueMessage) => {
      if (dead) throw new Error('The process has died');
      if (queue === 'email') emails.push(message.id);
      else messages.push(message);
    },
  };
  const job = createNotificationsJob({ database, queues, ...(toldAtOnce !== undefined && { toldAtOnce }) });
  const signal = new AbortController().signal;
  const handle = (message: unknown) => job(message, { log, signal, last: false, requestId: 'request-1' });
  return {
    messages,
    emails,
    handle,
    announce: () => queueAnnouncements(database.writer, queues, log, signal),
    requeueEmails: () => requeueNotificationEmails(database.writer, queues, log),
    /** What it does meanwhile is committed, and nothing is queued. */
    dying: async (work: () => Promise<unknown>) => {
      dead = true;
      await work().catch(() => undefined);
      dead = false;
    },
    /** Until nothing waits: also what died is old enough now. */
    drain: async () => {
      const { writer } = database;
      do {
        for (const message of messages.splice(0)) await handle(message);
        await writer.query('update announcements set queue_at = now()');
        await queueAnnouncements(writer, queues, log, signal);
      } while (messages.length > 0);
      await writer.query(`update notifications set created_at = created_at - interval '2 minutes' where email_queued_at is null`);
      await requeueNotificationEmails(writer, queues, log);
    },
  };
}

/** As an operator's change of the stock does it. */
export const restock = async ({ database }: Pick<Store, 'database'>, productId: string): Promise<void> => {
  await database.writer.query('update products set stock = 5, restocked_at = clock_timestamp() where id = $1', [productId]);
};

export const wish = async ({ database }: Pick<Store, 'database'>, userId: string, productId: string): Promise<void> => {
  await database.writer.query('select wish_for($1, $2, 100)', [userId, productId]);
};
