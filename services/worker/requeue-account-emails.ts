import type { Pool } from 'pg';
import type { AccountEmailMessage } from '../accounts/account-emails';
import type { Logger } from '../runtime/logger';
import type { QueueSender } from '../runtime/queue-sender';

/** E-mails that one round queues. */
const batch = 100;

/** Hours after which nobody waits for an e-mail any more: as long as a link to a new address works. */
const longestHours = 24;

/** Queues e-mails about accounts that the API noted and could not queue, a minute after that. What is queued twice is sent once. */
export async function requeueAccountEmails(writer: Pool, queues: QueueSender, log: Logger): Promise<void> {
  const { rows } = await writer.query<AccountEmailMessage>(
    `select id, type from account_emails
      where queued_at is null and requested_at between now() - make_interval(hours => $2) and now() - interval '1 minute'
      order by requested_at limit $1`,
    [batch, longestHours],
  );
  for (const { id, type } of rows) {
    await queues.send('email', { id, type });
    await writer.query('update account_emails set queued_at = now() where id = $1', [id]);
  }
  if (rows.length > 0) log.info('Queued e-mails about accounts that had waited', { emails: rows.length });
}
