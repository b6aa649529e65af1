import { type StripeStandIn, startStripe } from '../../../bin/local/parts/stripe';
import { checkOut } from '../../../services/orders/check-out';
import { createPayments } from '../../../services/runtime/payments';
import { deleteOld } from '../../../services/worker/delete-old';
import { releaseCarts, releaseUnpaidOrders } from '../../../services/worker/release-expired';
import { setUp } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { type Store, startStore } from './store';

let store: Store;
let stripe: StripeStandIn;
setUp(async (started) => {
  store = await started.use(startStore());
  stripe = await started.use(startStripe({ webhookSecret: 'whsec_test' }));
});

const signal = new AbortController().signal;
const stripePayments = () =>
  createPayments({ secretKey: 'sk_test', webhookSecret: 'whsec_test', api: new URL(stripe.url) }, 'shop');

function worker() {
  const { log, lines } = collectedLog();
  const invalidated: string[] = [];
  const counted: string[] = [];
  const parts = {
    database: store.database,
    cached: { invalidate: async (tags: readonly string[]) => void invalidated.push(...tags) },
    payments: stripePayments(),
    metrics: { count: (name: string) => void counted.push(name) },
    log,
  };
  const release = async () => {
    await releaseCarts(parts, signal);
    await releaseUnpaidOrders(parts, signal);
  };
  return { release, lines, invalidated, counted };
}

const query = async (text: string, values: readonly unknown[] = []) =>
  (await store.database.writer.query(text, [...values])).rows;
const count = async (table: string) => Number((await query(`select count(*) from ${table}`))[0]?.['count']);

/** So many lines of one product in the carts of as many customers, and all over. */
async function expiredReservations(lines: number): Promise<string> {
  const productId = await store.product(0);
  await query(
    `with customers as (
       insert into users (email, password_hash)
       select 'many-' || number || '-' || $1 || '@example.com', 'none' from generate_series(1, $2) as number returning id
     )
     insert into reservations (user_id, product_id, quantity, unit_price_minor, currency, expires_at)
     select id, $1::uuid, 2, 1999, 'EUR', now() - interval '1 second' from customers`,
    [productId, lines],
  );
  return productId;
}

describe('the release of what is over', () => {
  it('gives back reservations in as many batches as it takes, tells the cache and says so in one line', async () => {
    const { release, lines, invalidated } = worker();
    const productId = await expiredReservations(250);
    await release();
    expect([await store.stockOf(productId), await count('reservations')]).toEqual([500, 0]);
    expect(new Set(invalidated)).toEqual(new Set([`product:${productId}`]));
    expect(lines()).toMatchObject([{ message: 'Released expired reservations', reservations: 250 }]);
  });

  it('leaves alone what is not over, and says nothing', async () => {
    const { release, lines } = worker();
    const { productId } = await store.reservation({ stock: 3 });
    const order = await store.order({ stock: 3 });
    await release();
    expect([await store.stockOf(productId), await store.statusOf(order), lines()]).toEqual([2, 'pending', []]);
  });

  it('gives each unit back once however many workers do it at once', async () => {
    const workers = [worker(), worker(), worker(), worker()];
    const products = await Promise.all([expiredReservations(300), expiredReservations(300)]);
    await Promise.all(workers.map(({ release }) => release()));
    await worker().release(); // what another one held when a worker looked
    expect(await Promise.all(products.map(store.stockOf))).toEqual([600, 600]);
    const released = workers.flatMap(({ lines }) => lines().map(({ reservations }) => Number(reservations)));
    expect(released.reduce((sum, number) => sum + number, 0)).toBe(600);
  });

  it('gives a line back or lets its customer check it out, never both', async () => {
    const carts = await Promise.all(Array.from({ length: 30 }, () => store.reservation({ stock: 1 })));
    const over = `update reservations set expires_at = now() + interval '20 milliseconds' where user_id = any($1)`;
    await query(over, [carts.map(({ userId }) => userId)]);
    const release = async () => {
      while ((await query('select from reservations where user_id = any($1)', [carts.map(({ userId }) => userId)])).length > 0) {
        await worker().release();
      }
    };
    const asked = { idempotencyKey: '0199a1b2-0000-4000-8000-000000000001', expectedTotalMinor: 1_999 };
    const [outcomes] = await Promise.all([
      Promise.all(carts.map(async ({ userId }) => (await checkOut(store.database.writer, { userId, ...asked })).outcome)),
      release(),
      release(),
    ]);
    const stocks = await Promise.all(carts.map(({ productId }) => store.stockOf(productId)));
    expect(stocks).toEqual(outcomes.map((outcome) => (outcome === 'ordered' ? 0 : 1)));
  });

  it('cancels an order that nobody paid in time, and its payment at Stripe', async () => {
    const { release, invalidated } = worker();
    const intentId = (
      await stripePayments().createIntent({ id: 'order-1', number: 'K7QF-3M2P', totalMinor: 1999, currency: 'EUR' })
    ).id;
    const order = await store.order({ stock: 1, intentId });
    await store.expire(order);
    await release();
    expect([await store.statusOf(order), await store.stockOf(order.productId)]).toEqual(['cancelled', 1]);
    expect(invalidated).toEqual([`product:${order.productId}`]);
    expect(stripe.intents().find(({ id }) => id === intentId)?.status).toBe('canceled');
  });

  it('says loudly, and counts, that Stripe has the payment of an order that expired while its event has not come', async () => {
    const { release, lines, counted } = worker();
    const intentId = (
      await stripePayments().createIntent({ id: 'order-2', number: 'K7QF-3M2P', totalMinor: 1999, currency: 'EUR' })
    ).id;
    stripe.event('payment_intent.succeeded', intentId);
    const order = await store.order({ stock: 1, intentId });
    await store.expire(order);
    await release();
    expect([await store.statusOf(order), await store.stockOf(order.productId)]).toEqual(['pending', 0]); // it waits for the event
    expect(lines()).toContainEqual(expect.objectContaining({ level: 'error', paymentIntentId: intentId }));
    expect(counted).toEqual(['PaymentsFailed']);
  });

  it('cancels an order whose payment Stripe does not know', async () => {
    const order = await store.order({ stock: 1, intentId: 'pi_unknown' });
    await store.expire(order);
    await worker().release();
    expect(await store.statusOf(order)).toBe('cancelled');
  });

  it('keeps an order, and its units, while Stripe does not answer, and cancels it when it does', async () => {
    const intentId = (
      await stripePayments().createIntent({ id: 'order-3', number: 'K7QF-3M2P', totalMinor: 1999, currency: 'EUR' })
    ).id;
    const order = await store.order({ stock: 1, intentId });
    await store.expire(order);
    for (let request = 0; request < 4; request += 1) stripe.failNext('broken');
    const { release, lines } = worker();
    await release();
    expect([await store.statusOf(order), await store.stockOf(order.productId)]).toEqual(['pending', 0]);
    expect(lines()).toMatchObject([{ level: 'warn', message: 'Expired orders wait for Stripe', orders: 1 }]);
    await store.expire(order);
    await release();
    expect([await store.statusOf(order), await store.stockOf(order.productId)]).toEqual(['cancelled', 1]);
  });

  it('waits for nobody: what another transaction holds is left to it', async () => {
    const [held, free] = [await expiredReservations(1), await expiredReservations(1)];
    const client = await store.database.writer.connect();
    try {
      await client.query('begin');
      await client.query('select from reservations where product_id = $1 for update', [held]);
      await worker().release();
      expect([await store.stockOf(held), await store.stockOf(free)]).toEqual([0, 2]);
    } finally {
      await client.query('rollback');
      client.release();
    }
    await worker().release();
    expect(await store.stockOf(held)).toBe(2);
  });
});

describe('what is deleted', () => {
  it('are sessions that are over and messages handled more than 30 days ago, and nothing else', async () => {
    const { id } = await store.user();
    await query(
      `insert into sessions (token_hash, user_id, expires_at)
       select decode(lpad(to_hex(number), 64, '0'), 'hex'), $1,
              now() + make_interval(secs => case when number <= 1500 then -1 else 60 end)
         from generate_series(1, 1503) as number`,
      [id],
    );
    await query(
      `insert into handled_messages (queue, key, handled_at)
       values ('email', 'old', now() - interval '30 days 1 minute'), ('email', 'new', now() - interval '29 days 23 hours')`,
    );
    const { id: userId } = await store.user();
    await query(
      `with asked as (
         insert into registrations (email, name, password_hash, expires_at)
         select 'new-' || hours || '@example.com', '', 'none', now() + make_interval(hours => hours) from unnest(array[-1, 1]) as hours
         returning id, email, expires_at
       ), links as (
         insert into account_links (token_hash, purpose, registration_id, email, expires_at)
         select sha256(email::bytea), 'verify-email', id, email, now() + interval '1 hour' from asked
       )
       insert into account_emails (type, recipient, registration_id) select 'verify-email', email, id from asked`,
    );
    await query(
      `with links as (
         insert into account_links (token_hash, purpose, user_id, email, expires_at)
         select sha256(hours::text::bytea), 'password-reset', $1, 'ann@example.com', now() + make_interval(hours => hours)
           from unnest(array[-1, 1]) as hours
       )
       insert into account_emails (type, recipient, user_id, requested_at)
       select 'welcome', 'days-' || days || '@example.com', $1, now() - make_interval(days => days) from unnest(array[13, 15]) as days`,
      [userId],
    );
    await deleteOld(store.database.writer, signal);
    expect(await query('select email from registrations')).toEqual([{ email: 'new-1@example.com' }]);
    expect(await query('select email from account_links order by email')).toEqual([
      { email: 'ann@example.com' },
      { email: 'new-1@example.com' },
    ]);
    expect(await query('select recipient from account_emails order by recipient')).toEqual([
      { recipient: 'days-13@example.com' },
      { recipient: 'new-1@example.com' },
    ]);
    expect(await count('sessions')).toBe(3);
    expect(await query('select key from handled_messages')).toEqual([{ key: 'new' }]);
  });
});
