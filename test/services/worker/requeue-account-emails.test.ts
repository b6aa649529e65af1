import { randomUUID } from 'node:crypto';
import { noteAccountEmail } from '../../../services/accounts/account-emails';
import type { QueueMessage } from '../../../services/runtime/queue-sender';
import { requeueAccountEmails } from '../../../services/worker/requeue';
import { setUp } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { type Store, startStore } from './store';

let store: Store;
setUp(async (started) => {
  store = await started.use(startStore());
});

/** One that was noted so long ago. */
async function noted(seconds: number) {
  const { writer } = store.database;
  const message = await noteAccountEmail(writer, {
    type: 'password-reset',
    recipient: 'ann@example.com',
    requestId: randomUUID(),
  });
  await writer.query('update account_emails set requested_at = now() - make_interval(secs => $2) where id = $1', [
    message.id,
    seconds,
  ]);
  return message;
}

describe('e-mails about accounts that were noted and not queued', () => {
  it('are queued after a minute, once, and not after a day', async () => {
    const [waiting] = [await noted(61), await noted(50), await noted(24 * 3_600 + 1)];
    const sent: unknown[] = [];
    const queues = { send: async (...message: unknown[]) => void sent.push(message) };
    for (let round = 0; round < 2; round += 1) await requeueAccountEmails(store.database.writer, queues, collectedLog().log);
    expect(sent).toEqual([['email', waiting]]);
  });

  it('have an id of the run that its log line has, where their row has none', async () => {
    const { id } = await noted(61);
    await store.database.writer.query('update account_emails set request_id = null where id = $1', [id]);
    const sent: QueueMessage[] = [];
    const queues = { send: async (_: string, message: QueueMessage) => void sent.push(message) };
    const { log, lines } = collectedLog();
    await requeueAccountEmails(store.database.writer, queues, log);
    const [message] = sent;
    expect(message).toMatchObject({ id, requestId: expect.stringMatching(/^[\da-f-]{36}$/) });
    expect(lines()).toMatchObject([{ emails: 1, requestId: message?.requestId }]);
  });

  it('wait on while the queue is away', async () => {
    const { id } = await noted(3_600);
    const away = { send: () => Promise.reject(new Error('SQS is away')) };
    await expect(requeueAccountEmails(store.database.writer, away, collectedLog().log)).rejects.toThrow('SQS is away');
    const { rows } = await store.database.writer.query('select queued_at from account_emails where id = $1', [id]);
    expect(rows).toEqual([{ queued_at: null }]);
  });
});
