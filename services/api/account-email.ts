import type { AccountEmailMessage } from '../accounts/account-emails';
import { describeError } from '../runtime/logger';
import type { ApiParts } from './parts';

/** Puts the message of an e-mail that is noted on its queue. Never rejects: the worker queues what waits, so nobody has to ask again. */
export async function queueAccountEmail(
  { id, type, requestId }: AccountEmailMessage,
  { database, queues, log }: Pick<ApiParts, 'database' | 'queues' | 'log'>,
): Promise<void> {
  try {
    await queues.send('email', { id, type, requestId });
    await database.writer.query('update account_emails set queued_at = now() where id = $1', [id]);
  } catch (error) {
    log.warn('An e-mail about an account waits for its queue', { id, type, requestId, ...describeError(error) });
  }
}
