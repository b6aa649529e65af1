import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueueName } from '../../services/contract';
import type { QueueMessage } from '../../services/runtime/queue-sender';
import { queueAnnouncements, requeueNotificationEmails } from '../../services/worker/announce';
import { createNotificationsJob } from '../../services/worker/jobs/notifications';
import { requeueAccountEmails, requeueEvents } from '../../services/worker/requeue';
import { setUp } from '../support/set-up';
import { type ApiOnParts, startApiOnParts } from './api/api-on-parts';
import type { Answered } from './api/documented';
import { accounts, firstPassword } from './api/routes/accounts';
import { shopping } from './api/routes/shopping';
import { collectedLog } from './parts/collected-log';
import { type Store, startStore } from './worker/store';

const services = join(__dirname, '../../services');

/** Files that put a message on a queue, which a new one of them joins by itself. */
const senders = (folder: string, call: RegExp): readonly string[] =>
  globSync(`${folder}/**/*.ts`, { cwd: services })
    .filter((file) => call.test(readFileSync(join(services, file), 'utf8')))
    .map((file) => file.split('/').at(-1)?.replace('.ts', '') ?? '')
    .toSorted();

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

describe('a message of the API has the id of its request', () => {
  let api: ApiOnParts;
  setUp(async (started) => {
    api = await started.use(startApiOnParts());
    await api.reset();
  });
  const { post, newAddress, linkTo, makeLink, register, verify, person, resetLink } = accounts(() => api);
  const { order } = shopping(() => api);

  const requests: Readonly<Record<string, () => Promise<Answered>>> = {
    'register-user': () => register(newAddress()),
    'verify-user': async () => {
      const email = newAddress();
      await register(email);
      return verify(await linkTo(email));
    },
    'request-password-reset': async () => post('auth/password-resets', { email: (await person()).email }),
    'reset-password': async () => {
      const token = await resetLink((await person()).email);
      return post('auth/password', { token, newPassword: 'another one altogether' });
    },
    'change-password': async () => {
      const { cookie } = await person();
      const body = { currentPassword: firstPassword, newPassword: 'another one altogether' };
      return post('users/me/password', body, cookie, 'PUT');
    },
    'change-me': async () => {
      const { cookie } = await person();
      return post('users/me', { email: newAddress(), currentPassword: firstPassword }, cookie, 'PATCH');
    },
    'confirm-email': async () => {
      const { id, cookie } = await person();
      const token = await makeLink('email-change', { userId: id }, newAddress());
      return post('users/me/email', { token }, cookie);
    },
    'receive-payment-webhook': async () => {
      const { id } = await order(await api.logIn('customer'), 1);
      const intentId = api.stripe.intents().find(({ metadata }) => metadata.orderId === id)?.id ?? '';
      const { payload, headers } = api.stripe.event('payment_intent.succeeded', intentId);
      return api.call('/api/v1/payments/webhook', { method: 'POST', text: payload, headers });
    },
  };

  it.each(senders('api/routes', /queues\.send\(|queueAccountEmail\(/))('that %s sends', async (file) => {
    const answer = await requests[file]?.();
    expect(answer?.status).toBeLessThan(300);
    const { message } = api.sent.at(-1) ?? {};
    expect(message?.requestId).toBe(answer?.headers.get('x-request-id'));
    const [table, kept] = message?.id.startsWith('evt_') ? ['payment_events', true] : ['account_emails', keptByTheApi.has(file)];
    const [row] = await api.store.query(`select request_id from ${table} where id = '${message?.id}'`);
    expect(row).toEqual({ request_id: kept ? message?.requestId : null });
  });

  /** Of the others a function of the database writes the row. */
  const keptByTheApi = new Set(['register-user', 'request-password-reset', 'change-me']);

  it('is sent by routes alone, and by what they share', () => {
    expect(senders('api', /queues\.send\(/)).toEqual(['account-email', 'receive-payment-webhook']);
  });
});

/** What is sent, and the ids in the log. */
async function sentBy(
  work: (
    queues: { send: (queue: QueueName, message: QueueMessage) => Promise<void> },
    log: ReturnType<typeof collectedLog>['log'],
  ) => Promise<unknown>,
) {
  const sent: QueueMessage[] = [];
  const { log, lines } = collectedLog();
  await work({ send: async (_, message) => void sent.push(message) }, log);
  return { sent, logged: lines().map(({ requestId }) => requestId) };
}

describe('a message of the worker has the id of what it came from, or of a run whose log line has it', () => {
  let store: Store;
  setUp(async (started) => {
    store = await started.use(startStore());
  });
  const signal = new AbortController().signal;

  const senderTests: Readonly<Record<string, () => Promise<void>>> = {
    announce: async () => {
      await store.announce('order-shipped', await store.order());
      const { sent, logged } = await sentBy((queues, log) => queueAnnouncements(store.database.writer, queues, log, signal));
      expect(sent[0]?.requestId).toMatch(uuid);
      expect(sent.map(({ requestId }) => requestId)).toEqual(sent.map(() => logged[0]));
    },
    notifications: async () => {
      const id = await store.announce('order-shipped', await store.order());
      const { sent } = await sentBy((queues, log) =>
        createNotificationsJob({ database: store.database, queues })(
          { id, type: 'order-shipped' },
          { log, signal, last: false, requestId: 'request-7' },
        ),
      );
      expect(sent.map(({ requestId }) => requestId)).toEqual(['request-7']);
    },
    'notification-emails': async () => {
      const { writer } = store.database;
      const id = await store.announce('order-delivered', await store.order());
      await writer.query('select tell($1, 10, $2)', [id, []]);
      await writer.query(`update notifications set created_at = now() - interval '2 minutes', email_queued_at = null`);
      const { sent, logged } = await sentBy((queues, log) => requeueNotificationEmails(writer, queues, log));
      expect(sent[0]?.requestId).toMatch(uuid);
      expect(logged).toEqual([sent[0]?.requestId]);
    },
    requeue: async () => {
      const { writer } = store.database;
      await store.event(await store.order(), 'payment_intent.succeeded');
      await writer.query(`update payment_events set received_at = now() - interval '2 minutes'`);
      await writer.query(
        `insert into account_emails (type, recipient, requested_at) values ('welcome', 'ann@example.com', now() - interval '2 minutes')`,
      );
      for (const round of [requeueEvents, requeueAccountEmails]) {
        const { sent, logged } = await sentBy((queues, log) => round(writer, queues, log));
        expect(sent[0]?.requestId).toMatch(uuid);
        expect(logged).toEqual([sent[0]?.requestId]);
      }
    },
  };

  it.each(senders('worker', /queues\.send\(/))('that %s sends', async (file) => {
    expect(Object.keys(senderTests)).toContain(file);
    await senderTests[file]?.();
  });
});
