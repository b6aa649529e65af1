import { randomUUID } from 'node:crypto';
import { type SesStandIn, startSes } from '../../../../bin/local/parts/ses';
import { nightlyAnalyticsMessage, type QueueName } from '../../../../services/contract';
import { noteRefund } from '../../../../services/orders/money-back';
import { releaseOrders } from '../../../../services/orders/release-stock';
import { longestEffectMs } from '../../../../services/worker/claimed';
import { orderEmailMessage, refundEmailMessage } from '../../../../services/worker/jobs/email';
import { createJobs } from '../../../../services/worker/jobs/registry';
import type { Pause } from '../../../../services/worker/pace';
import { setUp } from '../../../support/set-up';
import { collectedLog } from '../../parts/collected-log';
import { type Store, startStore } from '../store';
import { apiUrl, clock, emailWorker, siteUrl } from './email-worker';

let store: Store;
let ses: SesStandIn;
setUp(async (started) => {
  store = await started.use(startStore());
  ses = await started.use(startSes());
});

const worker = (props?: Parameters<typeof emailWorker>[2]) => emailWorker(store, ses, props);

const sentTo = (address: string) => ses.taken.filter(({ Destination }) => Destination.ToAddresses.includes(address));

describe('the job of e-mails', () => {
  it.each([
    ['order-paid', 'Your order is paid'],
    ['order-refunded', 'Your payment is refunded'],
  ] as const)('writes %s to the address of the order’s customer, and the address not to the log', async (type, subject) => {
    const { handle, text, lines } = worker();
    const order = await store.order({ quantity: 2 });
    await handle(orderEmailMessage(type, order.id));
    const [email, ...more] = sentTo(order.email);
    expect(more).toEqual([]);
    expect(email?.FromEmailAddress).toBe('shop@example.com');
    const [{ number }] = (await store.database.writer.query('select number from orders where id = $1', [order.id])).rows;
    expect(email?.Content.Simple.Subject.Data).toBe(`${subject} (${number})`);
    expect(email?.Content.Simple.Body.Text.Data).toContain('2 × Shoe <left>: €39.98');
    expect(email?.Content.Simple.Body.Html.Data).toContain('2 × Shoe &lt;left&gt;');
    expect(lines()).toMatchObject([{ message: 'E-mail sent', id: `${type}:${order.id}` }]);
    expect(text()).not.toContain(order.email);
  });

  it('sends a message that comes again once, also to two workers at the same time', async () => {
    const workers = [worker(), worker(), worker()];
    const order = await store.order();
    await Promise.all(workers.map(({ handle }) => handle(orderEmailMessage('order-paid', order.id))));
    await workers[0]?.handle(orderEmailMessage('order-paid', order.id));
    expect(sentTo(order.email)).toHaveLength(1);
  });

  it('tries again what SES refused, and says why without the address', async () => {
    const { handle } = worker();
    const order = await store.order();
    ses.refuseNext('MessageRejected', `Email address is not verified: ${order.email}, in region EU-WEST-1`);
    await expect(handle(orderEmailMessage('order-paid', order.id))).rejects.toMatchObject({
      code: 'EMAIL',
      message: 'SES did not accept an e-mail: MessageRejected: Email address is not verified: …@…, in region EU-WEST-1',
    });
    expect(sentTo(order.email)).toEqual([]);
    await handle(orderEmailMessage('order-paid', order.id));
    expect(sentTo(order.email)).toHaveLength(1);
  });

  it('says once that a store without a sender sends nothing, and not to whom', async () => {
    const { handle, lines, text } = worker({ from: undefined });
    const order = await store.order();
    await handle(orderEmailMessage('order-paid', order.id));
    await handle(orderEmailMessage('order-paid', order.id));
    expect(lines()).toMatchObject([{ level: 'warn', message: 'An e-mail was not sent: no sender is set' }]);
    expect(text()).not.toContain(order.email);
  });

  it.each([
    ['who wants none about orders is told of a refund alone', 'order_emails = false', ['order-refunded', 'refund']],
    ['who is erased is told nothing', 'erased_at = now()', []],
  ])('a customer %s', async (_, change, told) => {
    const { handle, lines, text } = worker();
    const order = await store.order();
    const refundId = `re_${order.id}`;
    await noteRefund(store.database.writer, order.id, { id: refundId, amountMinor: 500, status: 'succeeded' });
    await store.database.writer.query(`update users set ${change} where email = $1`, [order.email]);
    const types = ['order-paid', 'order-refunded'] as const;
    for (const message of [...types.map((type) => orderEmailMessage(type, order.id)), refundEmailMessage(order.id, refundId)]) {
      await handle(message);
    }
    const sent = lines().filter(({ message }) => message === 'E-mail sent');
    expect(sent.map(({ id }) => String(id).split(':')[0])).toEqual(told);
    expect([lines().length, text()]).toEqual([3, expect.not.stringContaining(order.email)]);
  });

  it.each([
    ['reached the customer', 'succeeded', ['Refunded: €5.00']],
    ['is on its way', 'pending', []],
    ['failed after all', 'failed', []],
  ] as const)('tells of a refund with its amount where it %s', async (_, status, told) => {
    const { handle } = worker();
    const order = await store.order();
    const refundId = `re_${order.id}`;
    await noteRefund(store.database.writer, order.id, { id: refundId, amountMinor: 500, status });
    await handle(refundEmailMessage(order.id, refundId));
    await handle(refundEmailMessage(order.id, refundId));
    expect(sentTo(order.email).map(({ Content }) => Content.Simple.Body.Text.Data.split('\n\n')[2])).toEqual(told);
  });

  it('tells nobody that an order is cancelled whose payment came yet, and whoever waits for nothing', async () => {
    const { handle, lines } = worker();
    const [paid, cancelled] = [await store.order(), await store.order()];
    await store.expire(cancelled);
    await releaseOrders(store.database.writer, 100);
    for (const { id } of [paid, cancelled]) await handle(orderEmailMessage('order-cancelled', id));
    expect(lines()).toMatchObject([
      { message: 'An e-mail is for nobody', reason: 'its payment came yet' },
      { message: 'E-mail sent', id: `order-cancelled:${cancelled.id}` },
    ]);
  });

  it.each([
    [
      'an order that is not there',
      orderEmailMessage('order-paid', '0199a1b2-0000-7000-8000-000000000001'),
      'its order does not exist',
    ],
    [
      'a type that it does not know',
      { id: 'a', type: 'greeting', orderId: '0199a1b2-0000-7000-8000-000000000001' },
      'type (invalid_union)',
    ],
    ['no order', { id: 'a', type: 'order-paid' }, 'orderId (invalid_type)'],
    ['an e-mail about an account by another name than its row’s', { id: 'a', type: 'welcome' }, 'id (invalid_format)'],
  ])('refuses %s', async (_, message, reason) => {
    await expect(worker().handle(message)).rejects.toThrow(`The message is refused: ${reason}`);
  });
});

describe('an e-mail while SES is asked', () => {
  afterEach(() => {
    ses.takeWhere(() => true);
    jest.restoreAllMocks();
  });

  it('is sent once for each of sixty orders at SES’s one a second, each asked for twice, by three workers', async () => {
    const time = clock();
    let takenAt = -Infinity;
    ses.takeWhere(() => {
      if (time.now() - takenAt < 1_000) return false;
      takenAt = time.now();
      return true;
    });
    const orders = await Promise.all(Array.from({ length: 60 }, () => store.order()));
    const waiting = [...orders, ...orders].map(({ id }) => orderEmailMessage('order-paid', id));
    const jobs = Array.from({ length: 3 }, () => worker({ time })).flatMap(({ handle }) =>
      Array.from({ length: 5 }, () => handle),
    );
    await Promise.all(
      jobs.map(async (handle) => {
        for (let message = waiting.shift(); message; message = waiting.shift()) await handle(message);
      }),
    );
    expect(orders.map(({ email }) => sentTo(email).length)).toEqual(orders.map(() => 1));
  });

  it('waits for its turn until its message is somebody else’s, and no longer', async () => {
    ses.takeWhere(() => false);
    const lease = new AbortController();
    const time = clock();
    const order = await store.order();
    const aborting: Pause = async (...given) => {
      await time.pause(...given);
      if (time.now() > 60_000) lease.abort(new Error('lost'));
    };
    const handling = worker({ time: { now: time.now, pause: aborting } }).handle(
      orderEmailMessage('order-paid', order.id),
      lease.signal,
    );
    await expect(handling).rejects.toThrow('lost');
    expect(sentTo(order.email)).toEqual([]);
  });

  it('is given up after its time, and tried again at once', async () => {
    const limit = new AbortController();
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(limit.signal);
    const order = await store.order();
    const { asked, answer } = ses.hang();
    const first = worker()
      .handle(orderEmailMessage('order-paid', order.id))
      .catch((error: unknown) => error);
    await asked;
    limit.abort();
    expect(await first).toMatchObject({ code: 'EMAIL', message: expect.stringContaining('AbortError') });
    expect(timeout).toHaveBeenCalledWith(longestEffectMs);
    answer();
    await worker().handle(orderEmailMessage('order-paid', order.id));
    expect(sentTo(order.email)).not.toEqual([]); // SES may have taken the first one, which nobody knows
  });

  it.each([
    ['the claim of a worker that was killed before it asked', 0],
    ['the claim of one that was killed after SES’s answer: the second e-mail that the documents name', 1],
  ])('waits for the end of %s', async (_, sentBefore) => {
    const order = await store.order();
    const message = orderEmailMessage('order-paid', order.id);
    if (sentBefore === 1) await worker().handle(message);
    await store.database.writer.query(`delete from handled_messages where key = $1`, [message.id]);
    await store.database.writer.query(
      `insert into message_claims (queue, key, holder, ends_at) values ('email', $1, $2, 'infinity')
       on conflict (queue, key) do update set ends_at = 'infinity'`,
      [message.id, randomUUID()],
    );
    const time = clock();
    let looks = 0;
    const ending: Pause = async (...given) => {
      await time.pause(...given);
      looks += 1;
      if (looks === 3)
        await store.database.writer.query('update message_claims set ends_at = now() where key = $1', [message.id]);
    };
    await worker({ time: { now: time.now, pause: ending } }).handle(message);
    expect([looks, sentTo(order.email).length]).toEqual([3, sentBefore + 1]);
  });
});

/** Every method tells what connections are in use when it is called. */
function watched<T extends object>(part: T, held: Map<string, number>, name: string): T {
  const { writer } = store.database;
  return new Proxy(part, {
    get: (target, property) => {
      const method: unknown = Reflect.get(target, property);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) => {
        held.set(`${name}.${String(property)}`, writer.totalCount - writer.idleCount);
        return Reflect.apply(method, target, given) as unknown;
      };
    },
  });
}

describe('a job', () => {
  it('of any queue holds no connection and no transaction while it asks somebody else', async () => {
    const held = new Map<string, number>();
    const order = await store.order({ stock: 1 });
    const event = await store.event(order, 'payment_intent.succeeded');
    await store.database.writer.query(`update orders set status = 'refund_due' where id = $1`, [order.id]);
    const jobs = createJobs({
      database: store.database,
      figures: store.database,
      cached: watched({ invalidate: async () => undefined }, held, 'cached'),
      payments: watched(
        { refund: async () => ({ id: 're_1', amountMinor: 1999, status: 'succeeded' as const }) },
        held,
        'payments',
      ),
      siteUrl,
      apiUrl,
      emails: watched({ turn: async () => undefined, send: async () => undefined, close: () => undefined }, held, 'emails'),
      queues: watched({ send: async () => undefined }, held, 'queues'),
      metrics: { count: () => undefined },
    });
    const messages: Readonly<Record<QueueName, object>> = {
      email: orderEmailMessage('order-paid', order.id),
      notifications: { id: await store.announce('order-shipped', order), type: 'order-shipped' },
      payments: { id: event, type: 'payment_intent.succeeded' },
      analytics: nightlyAnalyticsMessage,
    };
    const { log } = collectedLog();
    for (const [queue, message] of Object.entries(messages)) {
      await jobs[queue as QueueName](message, { log, signal: new AbortController().signal, last: false, requestId: 'request-1' });
    }
    expect(Object.fromEntries(held)).toEqual({
      'emails.turn': 0,
      'emails.send': 0,
      'payments.refund': 0,
      'queues.send': 0,
      'cached.invalidate': 0,
    });
  });
});
