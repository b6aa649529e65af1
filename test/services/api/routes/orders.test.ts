import { randomUUID } from 'node:crypto';
import { dropProduct } from '../../../../bin/local/seed';
import { encodeCursor } from '../../../../services/api/cursor';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { describePaying } from './paying';
import { type Order, shopping } from './shopping';

let api: ApiOnParts;
let ann: string;
let ben: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(async () => {
  await api.reset();
  [ann, ben] = await Promise.all([api.logIn('customer'), api.logIn('other')]);
});

const { reserve, totalOf, checkOutFor, checkOut, order, stock } = shopping(() => api);
const cancel = (id: string, cookie: string) => api.call(`/api/v1/orders/${id}/cancel`, { method: 'POST', cookie });
const availability = async () =>
  ((await api.call(`/api/v1/products/${dropProduct.id}`)).body as { availability: string }).availability;

describe('checking out', () => {
  it('makes an order of the cart at the reserved prices, and a payment of its total for it', async () => {
    await reserve(ann, 2);
    await api.store.query("update products set price_minor = 1 where slug = 'limited-drop'");
    const { status, body, headers } = await checkOut(ann);
    await api.store.query("update products set price_minor = 9900 where slug = 'limited-drop'");
    const { id, clientSecret } = body as Order;
    expect([status, body]).toMatchObject([201, { status: 'pending', total: { amountMinor: 19_800, currency: 'USD' } }]);
    expect(headers.get('location')).toBe(`/api/v1/orders/${id}`);
    expect(api.stripe.intents().find(({ metadata }) => metadata.orderId === id)).toMatchObject({
      amount: 19_800,
      currency: 'usd',
      client_secret: clientSecret,
    });
    expect((await api.call('/api/v1/cart', { cookie: ann })).body).toEqual({ items: [], total: null });
    expect(await stock()).toBe(98);
  });

  it('makes one order of the same key, sent again or many times at once', async () => {
    await reserve(ann, 2);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => checkOutFor(ann, 19_800, key)));
    answers.push(await checkOut(ann, key));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await api.store.query('select count(*)::int as orders from orders')).toEqual([{ orders: 1 }]);
  });

  it('takes another’s key for another order', async () => {
    const key = randomUUID();
    await Promise.all([reserve(ann, 1), reserve(ben, 1)]);
    const [one, other] = [await checkOut(ann, key), await checkOut(ben, key)];
    expect([one.status, other.status]).toEqual([201, 201]);
    expect((one.body as Order).id).not.toBe((other.body as Order).id);
  });

  it('tells nothing of an order to another who has its key and an empty cart', async () => {
    const key = randomUUID();
    await reserve(ann, 1);
    expect((await checkOut(ann, key)).status).toBe(201);
    const { status, body } = await checkOut(ben, key);
    expect([status, body]).toEqual([409, expect.objectContaining({ code: 'cart-empty' })]);
    expect(body).not.toHaveProperty('id');
  });

  it.each([
    ['an empty cart', async () => undefined, 'cart-empty'],
    [
      'a cart whose reservations have expired',
      async () => {
        await reserve(ann, 1);
        await api.store.query("update reservations set expires_at = now() - interval '1 second'");
      },
      'cart-empty',
    ],
    [
      'two currencies',
      async () => {
        const [{ id }] = (await api.store.query("select id from products where slug = 'product-1'")) as [{ id: string }];
        await reserve(ann, 1);
        await reserve(ann, 1, id);
        await api.store.query(`update reservations set currency = 'EUR' where product_id = '${id}'`);
      },
      'mixed-currencies',
    ],
    [
      'more than one payment can be',
      async () => {
        await reserve(ann, 100);
        await api.store.query('update reservations set unit_price_minor = 99999999');
      },
      'order-too-large',
    ],
  ])('refuses %s and leaves everything as it is', async (_, prepare, code) => {
    await prepare();
    const before = await api.store.query('select count(*)::int as lines from reservations');
    expect(await checkOut(ann)).toMatchObject({ status: 409, body: { code } });
    expect(await api.store.query('select count(*)::int as lines from reservations')).toEqual(before);
    expect(await api.store.query('select count(*)::int as orders from orders')).toEqual([{ orders: 0 }]);
  });

  it.each([
    [
      'a line expired',
      `update reservations set expires_at = now() - interval '1 second' where product_id <> '${dropProduct.id}'`,
    ],
    ['a price changed', 'update reservations set unit_price_minor = unit_price_minor + 1'],
    ['a quantity changed elsewhere', 'update reservations set quantity = quantity + 1'],
  ])('makes no order where %s since the customer looked, and tells the new cart', async (_, change) => {
    const [{ id }] = (await api.store.query("select id from products where slug = 'product-1'")) as [{ id: string }];
    await Promise.all([reserve(ann, 1), reserve(ann, 1, id)]);
    const seen = await totalOf(ann);
    await api.store.query(change);
    const cart = (await api.call('/api/v1/cart', { cookie: ann })).body as { total: { amountMinor: number } };
    expect(await checkOutFor(ann, seen)).toMatchObject({ status: 409, body: { code: 'cart-changed', cart } });
    expect(await api.store.query('select count(*)::int as orders from orders')).toEqual([{ orders: 0 }]);
    expect(await checkOutFor(ann, cart.total.amountMinor)).toMatchObject({ status: 201, body: { total: cart.total } });
  });

  it('without what the customer saw is refused', async () => {
    await reserve(ann, 1);
    const answer = await api.call('/api/v1/orders', {
      method: 'POST',
      cookie: ann,
      headers: { 'idempotency-key': randomUUID() },
      body: {},
    });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'body', path: 'expectedTotalMinor' }] } });
  });

  it.each([
    ['without a key', {}],
    ['with one that is no UUID', { 'idempotency-key': 'abc' }],
  ])('is refused %s', async (_, headers) => {
    const answer = await api.call('/api/v1/orders', { method: 'POST', cookie: ann, headers, body: { expectedTotalMinor: 1 } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'header', path: 'idempotency-key' }] } });
  });

  it('keeps the order when Stripe fails, and goes on with it when it is sent again', async () => {
    await reserve(ann, 2);
    const key = randomUUID();
    api.stripe.failNext('declined');
    expect(await checkOut(ann, key)).toMatchObject({ status: 503, body: { code: 'payments-unavailable' } });
    expect(api.log.text()).toContain('Creating a payment failed at Stripe');
    expect(await checkOut(ann, key)).toMatchObject({
      status: 200,
      body: { status: 'pending', clientSecret: expect.any(String) },
    });
    expect(await api.store.query('select payment_intent_id is not null as tied from orders')).toEqual([{ tied: true }]);
  });

  it('makes one payment though Stripe’s answer is lost', async () => {
    await reserve(ann, 2);
    const before = api.stripe.intents().length;
    api.stripe.failNext('answer lost');
    expect((await checkOut(ann)).status).toBe(201);
    expect(api.stripe.intents()).toHaveLength(before + 1);
  });

  it('counts orders and failed payments', async () => {
    await order(ann);
    await reserve(ben, 1);
    api.stripe.failNext('declined');
    await checkOut(ben);
    api.props.parts.metrics.flush();
    expect(JSON.parse(api.metricLines.at(-1) ?? '')).toMatchObject({
      Orders: expect.any(Number),
      PaymentsFailed: expect.any(Number),
    });
  });

  it('is at most three queries', async () => {
    await reserve(ann, 1);
    expect(await api.queriesOf(() => checkOutFor(ann, 9_900))).toBeLessThanOrEqual(3);
  });
});

describe('orders', () => {
  it('are listed the newest first, page after page, each once', async () => {
    const placed: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      placed.push((await order(ann, 1)).id);
      await api.store.query(`update orders set status = 'paid', paid_at = now()`); // one customer has few that wait
    }
    const first = (await api.call('/api/v1/orders?limit=3', { cookie: ann })).body as { items: Order[]; nextCursor: string };
    const second = (await api.call(`/api/v1/orders?limit=3&cursor=${first.nextCursor}`, { cookie: ann })).body as {
      items: Order[];
      nextCursor: null;
    };
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(placed.toReversed());
    expect(second.nextCursor).toBeNull();
  });

  it('are seen by their owner only', async () => {
    const { id } = await order(ann);
    expect(await api.call(`/api/v1/orders/${id}`, { cookie: ann })).toMatchObject({
      status: 200,
      body: {
        id,
        status: 'pending',
        paidAt: null,
        items: [{ title: 'Limited Drop', quantity: 2, unitPrice: { amountMinor: 9900 } }],
      },
    });
    expect(await api.call(`/api/v1/orders/${id}`, { cookie: ben })).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect((await api.call('/api/v1/orders', { cookie: ben })).body).toEqual({ items: [], nextCursor: null });
  });

  it('are the user’s own also after an order of another, which a cursor tells nothing of', async () => {
    const older = await order(ben);
    const { id } = await order(ann);
    const cursor = encodeCursor({ sort: 'newest', by: String(Date.now() * 1_000), id });
    const { body } = await api.call(`/api/v1/orders?cursor=${cursor}`, { cookie: ben });
    expect((body as { items: Order[] }).items.map((item) => item.id)).toEqual([older.id]);
  });
});

describe('cancelling', () => {
  it('gives the units back, once, and takes the payment away', async () => {
    const { id } = await order(ann);
    expect((await Promise.all([cancel(id, ann), cancel(id, ann)])).map(({ status }) => [204, 409].includes(status))).toEqual([
      true,
      true,
    ]);
    expect((await cancel(id, ann)).status).toBe(204);
    expect(await stock()).toBe(100);
    expect(api.stripe.intents().find(({ metadata }) => metadata.orderId === id)?.status).toBe('canceled');
  });

  it('shows a product as in stock again when its order had the last units', async () => {
    const { id } = await order(ann, 100);
    expect(await availability()).toBe('sold-out');
    await cancel(id, ann);
    expect(await availability()).toBe('in-stock');
  });

  it('is for the owner only', async () => {
    const { id } = await order(ann);
    expect((await cancel(id, ben)).status).toBe(404);
    expect(await stock()).toBe(98);
  });

  it('comes too late for what has been paid, also where the store has not heard of it yet', async () => {
    const { id } = await order(ann);
    const intent = api.stripe.intents().find(({ metadata }) => metadata.orderId === id);
    api.stripe.event('payment_intent.succeeded', intent?.id ?? '');
    expect(await cancel(id, ann)).toMatchObject({ status: 409, body: { code: 'order-not-pending' } });
    await api.store.query("update orders set status = 'paid'");
    expect(await cancel(id, ann)).toMatchObject({ status: 409, body: { code: 'order-not-pending' } });
    expect(await stock()).toBe(98);
  });

  it('changes nothing while Stripe does not answer', async () => {
    const { id } = await order(ann);
    for (let time = 0; time < 3; time += 1) api.stripe.failNext('broken');
    expect(await cancel(id, ann)).toMatchObject({ status: 503, body: { code: 'payments-unavailable' } });
    expect(await stock()).toBe(98);
  });
});

describePaying(() => ({ api, ann, ben }));
