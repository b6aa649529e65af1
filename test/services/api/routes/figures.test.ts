import { dropProduct } from '../../../../bin/local/seed';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

let api: ApiOnParts;
let admin: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(async () => {
  await api.reset();
  for (const table of ['daily_revenue', 'daily_products', 'daily_orders', 'period_customers']) {
    await api.store.query(`delete from ${table}`);
  }
  admin = await api.logIn('admin');
});

/** UTC, so many days ago. */
const day = (before: number): string => new Date(Date.now() - before * 86_400_000).toISOString().slice(0, 10);
const read = async (path: string) => {
  const { status, body } = await api.call(`/api/v1/analytics/${path}`, { cookie: admin });
  expect(status).toBe(200);
  return body as Readonly<Record<string, never>>;
};

/** Of today, yesterday, six, seven, eight and thirty days ago. */
async function fill(): Promise<void> {
  for (const before of [0, 1, 6, 7, 8, 30, 31]) {
    await api.store.query(`insert into daily_revenue values ('${day(before)}', 'USD', 1, 2, ${10 ** before % 97}, 5, 3)`);
    await api.store.query(`insert into daily_orders values ('${day(before)}', 10, 1, 6, 2, 1)`);
    await api.store.query(`insert into daily_products values ('${day(before)}', '${dropProduct.id}', 'USD', 1, 2, 9900)`);
  }
  await api.store.query(`insert into daily_revenue values ('${day(1)}', 'EUR', 7, 7, 7000000000, 0, 0)`);
  await api.store.query(`insert into period_customers values (7, '${day(1)}', 4, 3, 2), (30, '${day(2)}', 9, 9, 9)`);
}

describe('the day so far', () => {
  it('has what was placed and paid today, and is asked of the database once in a while', async () => {
    expect(await read('today')).toMatchObject({ day: day(0), revenue: [], orders: { placed: 0, paid: 0 } });
    await api.emptyCache();
    await api.store.query(
      `insert into orders (user_id, status, total_minor, currency, idempotency_key, expires_at, paid_at, created_at)
       select id, status, 900, 'USD', gen_random_uuid(), now(), paid, created from (select id from users limit 1) as users,
         (values ('paid', now(), now()), ('pending', null, now()), ('paid', now() - interval '1 day', now() - interval '1 day'))
           as made (status, paid, created)`,
    );
    const told = await read('today');
    expect(told).toMatchObject({
      revenue: [{ currency: 'USD', orders: 1, units: 0, revenueMinor: 900, refundedMinor: 0 }],
      orders: { placed: 2, pending: 1, paid: 1, cancelled: 0 },
    });
    await read('today'); // who asks is known again, too
    expect(await api.queriesOf(() => read('today'))).toBe(0);
  });
});

describe('figures', () => {
  it.each([
    [1, 1],
    [7, 3],
    [30, 5],
  ])('of %i days are of the whole days before today, and no others', async (days, among) => {
    await fill();
    const { from, to, total, days: listed } = await read(`orders?days=${days}`);
    expect({ from, to }).toEqual({ from: day(days), to: day(1) });
    expect(total).toEqual({ placed: 10 * among, pending: among, paid: 6 * among, cancelled: 2 * among, refunded: among });
    expect(listed).toHaveLength(among);
  });

  it('of revenue keep currencies apart, and sums that no integer holds', async () => {
    await fill();
    const { totals, days } = await read('revenue?days=1');
    const euros = { currency: 'EUR', orders: 7, units: 7, revenueMinor: 7_000_000_000, discountMinor: 0, refundedMinor: 0 };
    const dollars = { currency: 'USD', orders: 1, units: 2, revenueMinor: 10, discountMinor: 5, refundedMinor: 3 };
    expect(totals).toEqual([euros, dollars]);
    expect(days).toEqual([
      { day: day(1), ...euros },
      { day: day(1), ...dollars },
    ]);
  });

  it('of products name what sold, the greatest revenue first', async () => {
    await fill();
    const other = (await api.store.query(`select id, slug from products where slug = 'product-1'`))[0];
    await api.store.query(`insert into daily_products values ('${day(2)}', '${String(other?.id)}', 'USD', 1, 1, 50000)`);
    const { items } = await read('products');
    expect(items).toMatchObject([
      { slug: 'product-1', units: 1, revenueMinor: 50_000 },
      { slug: dropProduct.slug, orders: 3, units: 6, revenueMinor: 29_700 },
    ]);
    expect((await read('products?limit=1')).items).toHaveLength(1);
  });

  it('of customers are of their own period, and unknown where a night is missing', async () => {
    await fill();
    expect(await read('customers')).toMatchObject({ customers: 4, newCustomers: 3, registered: 2, computedUntil: day(1) });
    expect(await read('customers?days=30')).toMatchObject({ customers: null, newCustomers: null, computedUntil: day(2) });
    expect(await read('customers?days=1')).toMatchObject({ customers: null, computedAt: null, computedUntil: null });
  });

  it('of a store that has none are empty', async () => {
    expect(await read('revenue')).toMatchObject({ totals: [], days: [], computedAt: null });
    expect(await read('products')).toMatchObject({ items: [] });
    expect(await read('orders')).toMatchObject({ total: { placed: 0 }, days: [] });
  });

  it('come from the cache until the worker has computed others', async () => {
    await fill();
    await read('revenue');
    expect(await api.queriesOf(() => read('revenue'))).toBe(0);
    await api.props.parts.cached.invalidate(['analytics']);
    expect(await api.queriesOf(() => read('revenue'))).toBe(1);
  });

  it('of another period than a day, a week or a month are not kept', async () => {
    const { status, body } = await api.call('/api/v1/analytics/revenue?days=14', { cookie: admin });
    expect([status, body]).toMatchObject([400, { errors: [{ in: 'query', path: 'days' }] }]);
  });
});
