import { randomUUID } from 'node:crypto';
import { setUp } from '../../support/set-up';
import { eventually } from '../parts/eventually';
import type { RunningApi } from './running-api';
import { type Customer, killed, type RunningStore, startRunningStore, stopped } from './running-store';

let store: RunningStore;
let api: RunningApi;

setUp(async (started) => {
  store = await started.use(startRunningStore());
  [api] = await Promise.all([store.startApi(), store.startWorker()]);
});

/** Until the function that it gives is called nobody takes units of it. */
const holdProduct = (productId: string) => store.hold('select from products where id = $1 for no key update', [productId]);

describe('an API process that is killed in a drop', () => {
  it('sells no unit twice and loses none, and its buyers go on at the other one', async () => {
    const dying = await store.startApi();
    const productId = await store.product(20);
    const buyers = await store.customers(200);
    const unlock = await holdProduct(productId);
    const outcomes = Promise.all(
      buyers.map(async (buyer, number) => {
        const { status, body } = await (number % 2 === 0 ? dying : api)
          .reserve(buyer, productId)
          .catch(() => api.reserve(buyer, productId));
        return { buyer: buyer.id, outcome: status === 200 ? 'sold' : body['code'] };
      }),
    );
    await eventually('both processes are at it', async () => (await store.waiting()) === 2 * store.connections);
    await killed(dying); // its statements are with PostgreSQL, which runs them to their end
    await unlock();

    const sold = (await outcomes).filter(({ outcome }) => outcome === 'sold');
    expect((await outcomes).filter(({ outcome }) => outcome === 'sold-out')).toHaveLength(180);
    expect(await store.unitsOf(productId)).toEqual({ stock: 0, reserved: 20, ordered: 0 });
    const lines = await store.rows<{ user_id: string }>('select user_id from reservations where product_id = $1', [productId]);
    expect(lines.map((line) => line.user_id).toSorted()).toEqual(sold.map(({ buyer }) => buyer).toSorted());
  });
});

describe('a check-out at the end of a reservation', () => {
  it('makes an order or finds an empty cart, never both, and no unit is lost', async () => {
    const productId = await store.product(30);
    const customers = await store.customers(30);
    await Promise.all(customers.map((customer) => api.reserve(customer, productId)));
    const [early, between, late] = [customers.slice(0, 5), customers.slice(5, 25), customers.slice(25)];
    const answers = await Promise.all(early.map((customer) => api.checkOut(customer)));
    await store.rows(
      `update reservations set expires_at = now() + n * interval '10 ms'
         from unnest($2::uuid[]) with ordinality as customer (id, n) where user_id = customer.id and product_id = $1`,
      [productId, [...late, ...between].map(({ id }) => id)],
    );
    for (const customer of between) answers.push(await api.checkOut(customer)); // while they end, one after the other
    await eventually('the worker has given back what is over', async () => (await store.unitsOf(productId)).reserved === 0);
    answers.push(...(await Promise.all(late.map((customer) => api.checkOut(customer)))));
    const outcomes = answers.map(({ status, body }) => (status === 201 ? 'ordered' : body['code']));
    expect(new Set(outcomes)).toEqual(new Set(['ordered', 'cart-empty']));
    const ordered = outcomes.filter((outcome) => outcome === 'ordered').length;
    const given = { stock: 30 - ordered, reserved: 0, ordered };
    expect(await store.unitsOf(productId)).toEqual(given);
  });

  it('that began in time makes its order, though the worker looks for what is over before it is through', async () => {
    const [productId, othersProduct] = await Promise.all([store.product(1), store.product(1)]);
    const [customer, other] = await store.customers(2);
    await api.reserve(customer!, productId);
    const key = randomUUID();
    const unlock = await store.hold(
      `insert into orders (user_id, idempotency_key, total_minor, currency, expires_at) values ($1, $2, 1, 'EUR', now())`,
      [customer!.id, key],
    );
    const order = await checkOutInTime(customer!, productId, key);
    await api.reserve(other!, othersProduct);
    await store.rows(
      `update reservations set expires_at = (select expires_at from reservations where product_id = $1) where product_id = $2`,
      [productId, othersProduct],
    );
    await eventually('the worker gave back the other', async () => (await store.unitsOf(othersProduct)).stock === 1);
    await unlock();
    expect((await order.answer).status).toBe(201);
    expect(await store.unitsOf(productId)).toEqual({ stock: 0, reserved: 0, ordered: 1 });
  });
});

/**
 * A check-out that begins before its reservation is over, on the slowest machine: after each that came too late the next one has twice the
 * time. It has read the cart when it finds its key taken, and waits.
 */
async function checkOutInTime(customer: Customer, productId: string, key: string) {
  for (let seconds = 1; ; seconds *= 2) {
    await api.reserve(customer, productId);
    await store.rows('update reservations set expires_at = now() + make_interval(secs => $2) where product_id = $1', [
      productId,
      seconds,
    ]);
    let answered = false;
    const answer = api.checkOut(customer, key).finally(() => {
      answered = true;
    });
    await eventually('the check-out waits', async () => answered || (await store.waiting()) === 1);
    if (!answered) return { answer };
  }
}

describe('a Stripe that hangs', () => {
  it('ends a check-out with 503 at its time limit, holds up nobody else, and the same key goes on with the order later', async () => {
    const productId = await store.product(1);
    const [customer, other] = await store.customers(2);
    await api.reserve(customer!, productId);
    const key = randomUUID();
    const answer = store.stripe.hang();
    let ended = false;
    const checkOut = api.checkOut(customer!, key).finally(() => {
      ended = true;
    });
    const served = await Promise.all([api.product(productId), api.cart(other!), api.list()]);
    expect([served.map(({ status }) => status), ended]).toEqual([[200, 200, 200], false]);

    const { status, body, headers } = await checkOut;
    expect([status, body['code'], headers.get('retry-after')]).toEqual([503, 'payments-unavailable', '5']);
    const [kept] = await store.rows<{ id: string; status: string }>('select id, status from orders where user_id = $1', [
      customer!.id,
    ]);
    expect(kept?.status).toBe('pending');

    answer();
    const again = await api.checkOut(customer!, key);
    expect([again.status, again.body['id'], again.body['clientSecret']]).toEqual([200, kept?.id, expect.stringContaining('pi_')]);
    const once = await api.checkOut(customer!, key);
    expect(once.body['clientSecret']).toBe(again.body['clientSecret']); // the one that can be paid
  });
});

describe('an API process that is told to stop', () => {
  it('answers all that it has taken, also what waits for a connection to the database, and exits 0', async () => {
    const stopping = await store.startApi();
    const productId = await store.product(100);
    const customers = await store.customers(50);
    const unlock = await holdProduct(productId);
    const answers = Promise.all(customers.map((customer) => stopping.reserve(customer, productId)));
    await eventually('they are under way', async () => (await store.waiting()) === store.connections);
    await stopping.call('/health'); // came after all of them, so that they have been read
    const exit = stopped(stopping);
    await stopping.line('Stopping');
    await unlock();
    expect((await answers).map(({ status }) => status)).toEqual(customers.map(() => 200));
    expect(await exit).toBe(0);
    expect(await store.unitsOf(productId)).toEqual({ stock: 50, reserved: 50, ordered: 0 });
  });
});
