import { randomUUID } from 'node:crypto';
import { dropProduct } from '../../../../bin/local/seed';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { shopping } from './shopping';

let api: ApiOnParts;
let ann: string;
let ben: string;
let admin: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(async () => {
  await api.reset();
  await api.store.query('delete from discount_codes');
  [ann, ben, admin] = await Promise.all([api.logIn('customer'), api.logIn('other'), api.logIn('admin')]);
});

const { reserve } = shopping(() => api);
const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' });
const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
const make = (body: object) => api.call('/api/v1/discount-codes', { method: 'POST', cookie: admin, body });
const made = async (body: object): Promise<string> => {
  const answer = await make(body);
  expect(answer.status).toBe(201);
  return (answer.body as { id: string }).id;
};
const change = (id: string, body: object) => api.call(`/api/v1/discount-codes/${id}`, { method: 'PATCH', cookie: admin, body });
const ask = (cookie: string, code: string) => api.call(`/api/v1/cart/discounts/${code}`, { cookie });
const page = async (query: string) => {
  const { body } = await api.call(`/api/v1/discount-codes?limit=2${query}`, { cookie: admin });
  return body as { items: { code: string; uses: number }[]; nextCursor: string | null };
};
const checkOut = (cookie: string, expectedTotalMinor: number, discountCode?: string, key = randomUUID()) =>
  api.call('/api/v1/orders', {
    method: 'POST',
    cookie,
    headers: { 'idempotency-key': key },
    body: { expectedTotalMinor, ...(discountCode !== undefined && { discountCode }) },
  });

describe('a discount code', () => {
  it('takes its part off the cart, and the order tells so', async () => {
    await made({ code: 'spring-10', percent: 10 });
    await reserve(ann, 2);
    expect(await ask(ann, 'Spring-10')).toMatchObject({
      status: 200,
      body: { code: 'SPRING-10', amount: usd(1_980), total: usd(17_820) },
    });
    const key = randomUUID();
    const order = await checkOut(ann, 17_820, 'spring-10', key);
    expect(order).toMatchObject({
      status: 201,
      body: { total: usd(17_820), discount: { code: 'SPRING-10', amount: usd(1_980) } },
    });
    expect(await checkOut(ann, 17_820, 'spring-10', key)).toMatchObject({ status: 200, body: order.body });
    const { id } = order.body as { id: string };
    expect(api.stripe.intents().find(({ metadata }) => metadata.orderId === id)).toMatchObject({ amount: 17_820 });
    expect((await api.call(`/api/v1/orders/${id}`, { cookie: ann })).body).toMatchObject({ discount: { code: 'SPRING-10' } });
  });

  it('of an amount takes it off carts that are worth more', async () => {
    await made({ code: 'FIVE', amount: usd(500), minimumMinor: 15_000 });
    await reserve(ann, 1);
    expect((await ask(ann, 'FIVE')).body).toMatchObject({ code: 'discount-refused', reason: 'cart-too-small' });
    await reserve(ann, 2);
    expect((await ask(ann, 'FIVE')).body).toMatchObject({ amount: usd(500), total: usd(19_300) });
    expect((await checkOut(ann, 19_300, 'FIVE')).status).toBe(201);
  });

  it('leaves an order as it was where the customer saw another total', async () => {
    await made({ code: 'TEN', percent: 10 });
    await reserve(ann, 1);
    expect(await checkOut(ann, 9_900, 'TEN')).toMatchObject({ status: 409, body: { code: 'cart-changed' } });
    expect(await checkOut(ann, 8_910)).toMatchObject({ status: 409, body: { code: 'cart-changed' } });
  });

  it.each([
    ['that nobody made', 'unknown', undefined],
    ['that has not begun', 'unknown', { percent: 10, startsAt: at(1) }],
    ['of another currency', 'another-currency', { amount: { amountMinor: 100, currency: 'EUR' } }],
    ['of a dearer cart', 'cart-too-small', { percent: 10, minimumMinor: 10_000 }],
  ])('%s is refused', async (_, reason, body) => {
    if (body) await made({ code: 'CODE', ...body });
    await reserve(ann, 1);
    const refused = { status: 409, body: { code: 'discount-refused', reason } };
    expect(await ask(ann, 'CODE')).toMatchObject(refused);
    expect(await checkOut(ann, 8_910, 'CODE')).toMatchObject(refused);
    expect(await api.store.query('select from orders')).toEqual([]);
  });

  it('that an operator has ended is over', async () => {
    const id = await made({ code: 'CODE', percent: 10, startsAt: at(-2) });
    expect((await change(id, { endsAt: at(-1) })).body).toMatchObject({ uses: 0 });
    await reserve(ann, 1);
    expect((await ask(ann, 'CODE')).body).toMatchObject({ reason: 'over' });
    expect((await change(id, { endsAt: at(-3) })).body).toMatchObject({ errors: [{ path: 'endsAt' }] });
    await change(id, { endsAt: null });
    expect((await ask(ann, 'CODE')).status).toBe(200);
  });

  it('is refused of an empty cart', async () => {
    await made({ code: 'TEN', percent: 10 });
    expect((await ask(ann, 'TEN')).body).toMatchObject({ code: 'cart-empty' });
    expect((await checkOut(ann, 0, 'TEN')).body).toMatchObject({ code: 'cart-empty' });
  });

  it('is used as often as it may be, and again where an order with it is cancelled', async () => {
    await made({ code: 'ONCE', percent: 10, mostUses: 1 });
    await Promise.all([reserve(ann, 1), reserve(ben, 1)]);
    const order = (await checkOut(ann, 8_910, 'ONCE')).body as { id: string };
    expect((await checkOut(ben, 8_910, 'ONCE')).body).toMatchObject({ reason: 'used-up' });
    await api.call(`/api/v1/orders/${order.id}/cancel`, { method: 'POST', cookie: ann });
    expect((await checkOut(ben, 8_910, 'ONCE')).status).toBe(201);
  });

  it('is used by one customer as often as one may', async () => {
    await made({ code: 'EACH', percent: 10, mostPerCustomer: 1 });
    await Promise.all([reserve(ann, 1), reserve(ben, 1)]);
    expect((await checkOut(ann, 8_910, 'EACH')).status).toBe(201);
    await reserve(ann, 1);
    expect((await ask(ann, 'EACH')).body).toMatchObject({ reason: 'used-before' });
    expect((await checkOut(ann, 8_910, 'EACH')).body).toMatchObject({ reason: 'used-before' });
    expect((await checkOut(ben, 8_910, 'EACH')).status).toBe(201);
  });

  it('is used no oftener by many at once', async () => {
    await made({ code: 'THREE', percent: 10, mostUses: 3 });
    const users = await api.store.query(
      `insert into users (email, password_hash) select 'code-' || n || '@example.com', 'none' from generate_series(1, 10) as n returning id`,
    );
    await api.store.query(
      `insert into reservations (user_id, product_id, quantity, unit_price_minor, currency, expires_at)
       select id, '${dropProduct.id}', 1, 9900, 'USD', now() + interval '1 hour' from users where email like 'code-%'`,
    );
    const outcomes = await Promise.all(
      users.map(async ({ id }) => {
        const [row] = await api.store.query(
          `select outcome, refusal from check_out('${String(id)}', gen_random_uuid(), 30, 99999999, 3, 8910, 'THREE')`,
        );
        return row?.refusal ?? row?.outcome;
      }),
    );
    const counted = ['ordered', 'used-up'].map((outcome) => outcomes.filter((other) => other === outcome).length);
    expect(counted).toEqual([3, 7]);
  });
});

describe('an operator', () => {
  it('lists codes, the newest first, page by page, with their uses', async () => {
    for (const code of ['ONE', 'TWO', 'THREE']) await made({ code, percent: 10 });
    await reserve(ann, 1);
    await checkOut(ann, 8_910, 'TWO');
    const first = await page('');
    const second = await page(`&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items].map(({ code, uses }) => [code, uses])).toEqual([
      ['THREE', 0],
      ['TWO', 1],
      ['ONE', 0],
    ]);
    expect(second.nextCursor).toBeNull();
  });

  it.each([
    ['without anything to take off', {}, 'percent'],
    ['with two things to take off', { percent: 10, amount: usd(100) }, 'percent'],
    ['that leaves nothing to pay', { amount: usd(100), minimumMinor: 100 }, 'minimumMinor'],
    ['that ends before it begins', { percent: 10, startsAt: at(2), endsAt: at(1) }, 'endsAt'],
    ['that ended before now', { percent: 10, endsAt: at(-1) }, 'endsAt'],
  ])('makes none %s', async (_, body, field) => {
    expect(await make({ code: 'CODE', ...body })).toMatchObject({ status: 400, body: { errors: [{ in: 'body', path: field }] } });
  });

  it('makes no second one of a name, however it is written', async () => {
    await made({ code: 'TEN', percent: 10 });
    expect(await make({ code: 'ten', percent: 20 })).toMatchObject({ status: 409, body: { code: 'code-taken' } });
  });
});
