import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { nightlyAnalyticsMessage } from '../../../../services/contract';
import { beginningOfDay, dateOf, periodDays } from '../../../../services/orders/figure-periods';
import { createAnalyticsJob } from '../../../../services/worker/jobs/analytics';
import { computeFigures } from '../../../../services/worker/nightly-figures';
import { setUp } from '../../../support/set-up';
import { collectedLog } from '../../parts/collected-log';
import { type Store, startStore } from '../store';

let store: Store;
let users: readonly string[];
let products: readonly string[];
setUp(async (started) => {
  store = await started.use(startStore());
  users = await Promise.all([1, 2, 3, 4].map(async () => (await store.user()).id));
  products = await Promise.all([1, 2, 3].map(() => store.product(1)));
  await query(`insert into discount_codes (code, percent) values ('TEN', 10)`);
});

const query = async (text: string, values: readonly unknown[] = []) =>
  (await store.database.writer.query(text, [...values])).rows;
const read = (text: string, values: readonly unknown[]) => store.database.writer.query(text, [...values]);
const parts = () => ({ read, writer: store.database.writer, signal: new AbortController().signal }) as never;
const now = new Date('2026-03-15T00:00:07Z');
const compute = (days?: number) => computeFigures(parts(), now, days);

/** More than any period, and some. */
const usualDays = 45;

async function clear(): Promise<void> {
  for (const table of ['refunds', 'orders', 'daily_revenue', 'daily_products', 'daily_orders', 'period_customers']) {
    await query(`delete from ${table}`);
  }
}

interface Made {
  readonly user: number;
  readonly currency: 'EUR' | 'USD';
  readonly status: 'pending' | 'paid' | 'cancelled' | 'refund_due' | 'refunded';
  /** Hours before `now`. */
  readonly placed: number;
  /** Hours after that. */
  readonly paidAfter: number | null;
  readonly discount: number;
  readonly items: readonly { readonly product: number; readonly quantity: number; readonly price: number }[];
  /** Hours before `now`, and how it stands. */
  readonly refund: { readonly at: number; readonly amount: number; readonly status: 'pending' | 'succeeded' | 'failed' } | null;
}

const hour = 3_600_000;
const placedAt = ({ placed }: Made): Date => new Date(now.getTime() - placed * hour);
const paidAt = (order: Made): Date | null =>
  order.paidAfter === null ? null : new Date(placedAt(order).getTime() + order.paidAfter * hour);
const subtotal = ({ items }: Made): number => items.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
const total = (order: Made): number => Math.max(1, subtotal(order) - order.discount);
const off = (order: Made): number => subtotal(order) - total(order);

async function make(order: Made): Promise<void> {
  const id = randomUUID();
  const { refund } = order;
  await query(
    `with made as (
       insert into orders (id, user_id, status, total_minor, currency, idempotency_key, created_at, expires_at, paid_at, discount_minor, discount_code)
       values ($1, $2, $3, $4, $5, gen_random_uuid(), $6, $6, $7, $8, case when $8 > 0 then 'TEN' end)
     ), lines as (
       insert into order_items (order_id, product_id, title, quantity, unit_price_minor)
       select $1, product, 'Shoe', quantity, price from unnest($9::uuid[], $10::int[], $11::int[]) as line (product, quantity, price)
     )
     insert into refunds (id, order_id, amount_minor, status, created_at) select gen_random_uuid(), $1, $12, $13, $14 where $12 > 0`,
    [
      id,
      users[order.user],
      order.status,
      total(order),
      order.currency,
      placedAt(order),
      paidAt(order),
      off(order),
      order.items.map(({ product }) => products[product]),
      order.items.map(({ quantity }) => quantity),
      order.items.map(({ price }) => price),
      refund?.amount ?? 0,
      refund?.status ?? null,
      refund === null ? null : new Date(now.getTime() - refund.at * hour),
    ],
  );
}

/** Some are of today, or older than any period; some are placed in one period and paid in another. */
const orders = fc.array(
  fc.record<Made>({
    user: fc.nat(3),
    currency: fc.constantFrom('EUR', 'USD'),
    status: fc.constantFrom('pending', 'paid', 'cancelled', 'refund_due', 'refunded'),
    placed: fc.integer({ min: -5, max: 40 * 24 }),
    paidAfter: fc.option(fc.integer({ min: 0, max: 48 })),
    discount: fc.constantFrom(0, 0, 150),
    items: fc.uniqueArray(
      fc.record({
        product: fc.nat(2),
        quantity: fc.integer({ min: 1, max: 5 }),
        price: fc.integer({ min: 100, max: 6_000_000 }),
      }),
      { minLength: 1, maxLength: 3, selector: ({ product }) => product },
    ),
    refund: fc.option(
      fc.record({
        at: fc.integer({ min: -5, max: 40 * 24 }),
        amount: fc.integer({ min: 1, max: 1_000 }),
        status: fc.constantFrom('pending', 'succeeded', 'failed'),
      }),
    ),
  }),
  { maxLength: 12 },
);

const dayOf = (moment: Date): string => dateOf(moment);
const lastDays = Array.from({ length: usualDays }, (_, index) => dateOf(beginningOfDay(now, usualDays - index)));

/** One order after the other, in JavaScript, as the documents had it. */
function naive(made: readonly Made[]) {
  const paid = made.flatMap((order) => {
    const at = paidAt(order);
    return at === null ? [] : [{ ...order, order, day: dayOf(at), at }];
  });
  const revenue = lastDays.flatMap((day) =>
    (['EUR', 'USD'] as const).flatMap((currency) => {
      const ofDay = paid.filter((order) => order.day === day && order.currency === currency);
      const back = paid.filter(
        ({ refund, currency: of }) =>
          refund && of === currency && refund.status !== 'failed' && dayOf(new Date(now.getTime() - refund.at * hour)) === day,
      );
      if (ofDay.length === 0 && back.length === 0) return [];
      const sum = (of: (order: Made) => number): number => ofDay.reduce((all, { order }) => all + of(order), 0);
      const row = {
        orders: ofDay.length,
        units: sum(({ items }) => items.reduce((all, { quantity }) => all + quantity, 0)),
        revenue: sum(total),
        discount: sum(off),
        refunded: back.reduce((all, { refund }) => all + (refund?.amount ?? 0), 0),
      };
      return [{ day, currency, ...row }];
    }),
  );
  const sold = lastDays.flatMap((day) =>
    [0, 1, 2].flatMap((product) =>
      (['EUR', 'USD'] as const).flatMap((currency) => {
        const lines = paid
          .filter((order) => order.day === day && order.currency === currency)
          .flatMap(({ items }) => items.filter((item) => item.product === product));
        if (lines.length === 0) return [];
        const units = lines.reduce((all, { quantity }) => all + quantity, 0);
        const brought = lines.reduce((all, { quantity, price }) => all + quantity * price, 0);
        return [{ day, product: products[product], currency, orders: lines.length, units, revenue: brought }];
      }),
    ),
  );
  const placed = lastDays.map((day) => {
    const ofDay = made.filter((order) => dayOf(placedAt(order)) === day);
    const number = (...statuses: readonly string[]): number => ofDay.filter(({ status }) => statuses.includes(status)).length;
    return {
      day,
      placed: ofDay.length,
      pending: number('pending'),
      paid: number('paid'),
      cancelled: number('cancelled'),
      refunded: number('refund_due', 'refunded'),
    };
  });
  const customers = periodDays.map((days) => {
    const [from, to] = [beginningOfDay(now, days), beginningOfDay(now, 0)];
    const buyers = new Set(paid.filter(({ at }) => at >= from && at < to).map(({ user }) => user));
    const before = new Set(paid.filter(({ at }) => at < from).map(({ user }) => user));
    return { days, customers: buyers.size, new: [...buyers].filter((user) => !before.has(user)).length };
  });
  return { revenue, sold, placed, customers };
}

/** A `bigint` comes as text. */
const number = (column: string): string => `${column}::float8 as ${column.replace('_minor', '')}`;

async function kept() {
  const money = ['revenue_minor', 'discount_minor', 'refunded_minor'].map(number).join(', ');
  return {
    revenue: await query(
      `select day::text, currency, orders, ${number('units')}, ${money} from daily_revenue order by day, currency`,
    ),
    sold: await query(
      `select day::text, product_id as product, currency, orders, ${number('units')}, ${number('revenue_minor')}
         from daily_products order by day, array_position($1::uuid[], product_id), currency`,
      [products],
    ),
    placed: await query('select day::text, placed, pending, paid, cancelled, refunded from daily_orders order by day'),
    customers: await query('select days, customers, new_customers as new from period_customers order by days'),
  };
}

describe('the figures of the days before', () => {
  it('equal those that one counts order by order, computed once or twice, and after more orders', async () => {
    await fc.assert(
      fc.asyncProperty(orders, orders, async (first, later) => {
        await clear();
        for (const order of first) await make(order);
        await compute(usualDays);
        await compute(usualDays);
        expect(await kept()).toEqual(naive(first));
        for (const order of later) await make(order);
        expect(await compute()).toBeLessThanOrEqual(usualDays);
        expect(await kept()).toEqual(naive([...first, ...later]));
      }),
      { seed: 20261129, numRuns: 8 },
    );
  });
});

async function run(message: object) {
  const { log, lines } = collectedLog();
  const invalidated: string[] = [];
  const job = createAnalyticsJob({
    database: store.database,
    figures: store.database,
    cached: { invalidate: async (tags) => void invalidated.push(...tags) },
  });
  await job(message, { log, signal: new AbortController().signal, last: false, requestId: 'request-1' });
  return { lines: lines(), invalidated };
}

describe('the nightly job', () => {
  it('computes yesterday and every day of which something has changed since; the cache is told', async () => {
    await clear();
    const [{ id }, other] = [await store.order(), await store.order()];
    const placed = (order: string, days: number) =>
      query(`update orders set created_at = now() - make_interval(days => $2), updated_at = now() where id = $1`, [order, days]);
    await Promise.all([placed(id, 100), placed(other.id, 50)]);
    expect(await run(nightlyAnalyticsMessage)).toMatchObject({ lines: [{ days: 3 }], invalidated: ['analytics'] });
    expect(await query('select sum(placed)::int as placed from daily_orders')).toEqual([{ placed: 2 }]);
    await query(`update orders set updated_at = now() - interval '2 hours'`);
    expect((await run(nightlyAnalyticsMessage)).lines).toMatchObject([{ days: 1 }]);
    await query(`update orders set status = 'cancelled', updated_at = now() where id = $1`, [id]);
    expect((await run(nightlyAnalyticsMessage)).lines).toMatchObject([{ days: 2 }]);
    expect(await query('select cancelled from daily_orders where placed = 1 order by day')).toEqual([
      { cancelled: 1 },
      { cancelled: 0 },
    ]);
    expect((await run({ ...nightlyAnalyticsMessage, days: 60 })).lines).toMatchObject([{ days: 60 }]);
  });

  it('ends where its message is somebody else’s', async () => {
    const stopped = { ...(parts() as object), signal: AbortSignal.abort(new Error('over')) } as never;
    await expect(computeFigures(stopped, now)).rejects.toThrow('over');
  });

  it.each([
    ['another job', { job: 'analytics.weekly' }, 'job (invalid_value)'],
    ['no days', { job: 'analytics.nightly', days: 0 }, 'days (too_small)'],
    ['what it does not know', { job: 'analytics.nightly', id: 'e-1' }, 'message (unrecognized_keys)'],
  ])('refuses %s by saying where, not what', async (_, message, reason) => {
    await expect(run(message)).rejects.toThrow(`The message is refused: ${reason}`);
  });
});
