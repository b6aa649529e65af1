import type { Pool } from 'pg';
import * as z from 'zod';
import { newsTypes } from '../../orders/news';
import type { QueueSender } from '../../runtime/queue-sender';
import { toEverybody } from '../emails/order-wordings';
import { queueNotificationEmails } from '../notification-emails';
import { type Job, job } from './job';

export interface NotificationJobParts {
  readonly database: { readonly writer: Pool };
  readonly queues: QueueSender;
  /** Users that one message tells. @default standardToldAtOnce */
  readonly toldAtOnce?: number;
}

/** Its transaction and what this process has of them stay small, however many wish for a product. An assumption. */
const standardToldAtOnce = 200;

const messageSchema = z.object({ id: z.uuid(), type: z.enum(newsTypes) });

/**
 * Tells users what an announcement says, in the shop and by e-mail as each wants it; more of them by another message. Whatever dies in between is made up
 * for by `queueAnnouncements` and `requeueNotificationEmails`, and nobody is told twice.
 */
export const createNotificationsJob = ({
  database: { writer },
  queues,
  toldAtOnce = standardToldAtOnce,
}: NotificationJobParts): Job =>
  job(messageSchema, async (message, { log, requestId }) => {
    const { rows } = await writer.query<{ more: boolean; notified: number; emails: readonly string[] }>(
      'select more, notified, emails from tell($1, $2, $3)',
      [message.id, toldAtOnce, toEverybody],
    );
    const [{ more, notified, emails }] = rows as [(typeof rows)[number]]; // always one
    log.info('Users were told', { ...message, users: notified, emails: emails.length });
    if (more) await queues.send('notifications', { ...message, requestId });
    await queueNotificationEmails(emails, requestId, writer, queues);
  });
