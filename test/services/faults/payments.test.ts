import { setTimeout as pause } from 'node:timers/promises';
import type { RunningService } from '../../../bin/local/parts/service';
import type { SignedEvent } from '../../../bin/local/parts/stripe-event';
import { setUp, stoppedAfterEach } from '../../support/set-up';
import { eventually } from '../parts/eventually';
import { startTcpProxy } from '../parts/tcp-proxy';
import { keepAsking, type RunningApi, statuses } from './running-api';
import { type Customer, killed, type RunningStore, startRunningStore, stopped } from './running-store';

const started = stoppedAfterEach();
let store: RunningStore;
let api: RunningApi;
let worker: RunningService | undefined;

setUp(async (things) => {
  store = await things.use(startRunningStore());
  api = await store.startApi();
});
afterEach(async () => {
  if (worker) await stopped(worker);
  worker = undefined;
});

interface Purchase {
  readonly customer: Customer;
  readonly orderId: string;
  readonly intentId: string;
  /** That it has been paid, as Stripe tells it. */
  readonly paid: SignedEvent;
}

/** Ordered by somebody who has paid at Stripe; the store has not heard of it. */
async function purchase(customer: Customer, productId: string): Promise<Purchase> {
  expect((await api.reserve(customer, productId)).status).toBe(200);
  const { status, body } = await api.checkOut(customer);
  expect(status).toBe(201);
  const orderId = String(body['id']);
  const intentId = store.stripe.intents().find(({ metadata }) => metadata['orderId'] === orderId)?.id ?? '';
  return { customer, orderId, intentId, paid: store.stripe.event('payment_intent.succeeded', intentId) };
}

async function purchases(count: number, productId: string): Promise<Purchase[]> {
  const customers = await store.customers(count);
  return Promise.all(customers.map((customer) => purchase(customer, productId)));
}

const untilIdle = () => eventually('every message is handled', () => store.queues.areIdle());
const refundsOf = ({ intentId }: Purchase) =>
  store.stripe.refunds().filter(({ payment_intent }) => payment_intent === intentId).length;

describe('an event of Stripe that comes while the queue is away', () => {
  it('is kept and refused, and pays its order once when Stripe sends it again', async () => {
    worker = await store.startWorker();
    const [bought] = await purchases(1, await store.product(1));
    const { paid, customer, orderId } = bought!;
    await store.queues.stop();
    const refused = await api.webhook(paid);
    expect([refused.status, refused.body['code']]).toEqual([503, 'unavailable']);
    expect(await store.rows('select queued_at from payment_events where order_id = $1', [orderId])).toEqual([
      { queued_at: null },
    ]);

    await store.queues.startAgain();
    expect((await api.webhook(paid)).status).toBe(200);
    expect((await api.webhook(paid)).status).toBe(200);
    await eventually('the e-mail is sent', () => store.emailsTo(customer) > 0);
    await untilIdle();
    expect([await store.statusOf(orderId), store.emailsTo(customer)]).toEqual(['paid', 1]);
  });
});

describe('a worker that is killed', () => {
  it('after an order is paid and before its e-mail is asked for leaves both to the next one, which does each once', async () => {
    const proxy = await started.use(startTcpProxy(store.queues.port));
    const email = store.queueUrls.email.replace(`:${store.queues.port}/`, `:${proxy.port}/`);
    const first = await store.startWorker({ queueUrls: { ...store.queueUrls, email } });
    const [bought] = await purchases(1, await store.product(1));
    const { paid, customer, orderId } = bought!;
    proxy.hang();
    await api.webhook(paid);
    await first.line('An order changed', { orderId, status: 'paid' });
    await killed(first);
    expect([await store.statusOf(orderId), store.emailsTo(customer)]).toEqual(['paid', 0]);

    worker = await store.startWorker();
    await eventually('the e-mail is sent', () => store.emailsTo(customer) > 0);
    await untilIdle();
    expect([await store.statusOf(orderId), store.emailsTo(customer)]).toEqual(['paid', 1]);
  });

  it('among many payments loses none; an e-mail comes twice only where its worker had not noted it yet', async () => {
    const first = await store.startWorker();
    const productId = await store.product(30);
    const bought = await purchases(30, productId);
    const begun = eventually(
      'some e-mails are sent',
      () => bought.filter(({ customer }) => store.emailsTo(customer) > 0).length >= 3,
    );
    await Promise.all([...bought.map(({ paid }) => api.webhook(paid)), begun.then(() => killed(first))]);
    // As a minute does.
    await store.rows(`update message_claims set ends_at = now() where ends_at <> 'infinity'`);
    await store.rows('update announcements set queue_at = now()');
    await store.rows(`update notifications set created_at = created_at - interval '1 minute' where email_queued_at is null`);
    const noted = await store.rows<{ key: string }>(`select key from handled_messages where queue = 'email'`);
    const once = new Set(noted.map(({ key }) => key));

    worker = await store.startWorker();
    await eventually('all e-mails are sent', () => bought.every(({ customer }) => store.emailsTo(customer) > 0));
    await untilIdle();
    for (const { orderId, customer } of bought) {
      expect(await store.statusOf(orderId)).toBe('paid');
      expect(store.emailsTo(customer)).toBeLessThanOrEqual(once.has(`order-paid:${orderId}`) ? 1 : 2);
    }
    expect(await store.unitsOf(productId)).toEqual({ stock: 0, reserved: 0, ordered: 30 });
  });
});

describe('payments at the end of the time to pay', () => {
  it('are each taken or given back, once, while others buy what becomes free', async () => {
    worker = await store.startWorker();
    const productId = await store.product(12);
    const bought = await purchases(12, productId);
    const others = await store.customers(4);
    const apart = 40; // ms, so that the worker looks for what is over before some events and after others
    await store.rows(
      `update orders set expires_at = now() + n * make_interval(secs => $2)
         from unnest($1::uuid[]) with ordinality as over (id, n) where orders.id = over.id`,
      [bought.map(({ orderId }) => orderId), apart / 1_000],
    );
    const rush = keepAsking(others.length, (other) => api.reserve(others[other]!, productId));
    const told = await Promise.all(
      bought.map(async ({ paid }, number) => {
        await pause((number + 3) * apart);
        return api.webhook(paid);
      }),
    );
    expect(statuses(told)).toEqual([200]);
    await eventually('everybody got an e-mail', () => bought.every(({ customer }) => store.emailsTo(customer) > 0));
    await untilIdle();
    await rush.end();

    const outcomes = await Promise.all(
      bought.map(async (each) => [await store.statusOf(each.orderId), refundsOf(each), store.emailsTo(each.customer)].join()),
    );
    expect(outcomes.filter((outcome) => outcome !== 'paid,0,1' && outcome !== 'refunded,1,1')).toEqual([]);
    const { stock, reserved, ordered } = await store.unitsOf(productId);
    expect([stock + reserved + ordered, ordered]).toEqual([12, outcomes.filter((outcome) => outcome.startsWith('paid')).length]);
  });
});
