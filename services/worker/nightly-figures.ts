import type { Pool, QueryResult, QueryResultRow } from 'pg';
import { dateOf, periodDays, startOfDay } from '../orders/figure-periods';

export interface FiguresParts {
  /** A replica where there is one: what is computed reads every order of a month. */
  readonly read: <R extends QueryResultRow>(text: string, values: readonly unknown[]) => Promise<QueryResult<R>>;
  readonly writer: Pick<Pool, 'query'>;
  readonly signal: AbortSignal;
}

interface Bounds {
  readonly from: Date;
  readonly to: Date;
}

interface DayFigures {
  readonly table: string;
  /** Columns with their types: what a row of a day is about, and its figures. */
  readonly key: Readonly<Record<string, string>>;
  readonly numbers: Readonly<Record<string, string>>;
  /** SQL of the rows between two moments, $1 and $2. */
  readonly rows: string;
}

const figuresOfDay: readonly DayFigures[] = [
  {
    table: 'daily_revenue',
    key: { currency: 'text' },
    numbers: { orders: 'integer', units: 'bigint', revenue_minor: 'bigint', discount_minor: 'bigint', refunded_minor: 'bigint' },
    rows: `
      select currency, sum(orders) as orders, sum(units) as units, sum(revenue) as revenue_minor, sum(discount) as discount_minor,
             sum(refunded) as refunded_minor
        from (select currency, count(*) as orders, 0 as units, sum(total_minor) as revenue, sum(discount_minor) as discount, 0 as refunded
                from orders where paid_at >= $1 and paid_at < $2 group by currency
              union all
              select orders.currency, 0, sum(order_items.quantity), 0, 0, 0
                from orders join order_items on order_items.order_id = orders.id
               where orders.paid_at >= $1 and orders.paid_at < $2 group by orders.currency
              union all
              select orders.currency, 0, 0, 0, 0, sum(refunds.amount_minor)
                from refunds join orders on orders.id = refunds.order_id
               where refunds.created_at >= $1 and refunds.created_at < $2 and refunds.status not in ('failed', 'canceled')
                 and orders.paid_at is not null
               group by orders.currency) as parts
       group by currency`,
  },
  {
    table: 'daily_products',
    key: { product_id: 'uuid', currency: 'text' },
    numbers: { orders: 'integer', units: 'bigint', revenue_minor: 'bigint' },
    rows: `
      select product_id, currency, count(*) as orders, sum(quantity) as units, sum(quantity::bigint * unit_price_minor) as revenue_minor
        from orders join order_items on order_items.order_id = orders.id
       where paid_at >= $1 and paid_at < $2 group by product_id, currency`,
  },
  {
    table: 'daily_orders',
    key: {},
    numbers: { placed: 'integer', pending: 'integer', paid: 'integer', cancelled: 'integer', refunded: 'integer' },
    rows: `
      select count(*) as placed, count(*) filter (where status = 'pending') as pending, count(*) filter (where status = 'paid') as paid,
             count(*) filter (where status = 'cancelled') as cancelled,
             count(*) filter (where status in ('refund_due', 'refunded')) as refunded
        from orders where created_at >= $1 and created_at < $2`,
  },
];

const periodSql = `
  with buyers as (select distinct user_id from orders where paid_at >= $1 and paid_at < $2)
  select (select count(*)::int from buyers) as customers,
         (select count(*)::int from buyers
           where not exists (select from orders where orders.user_id = buyers.user_id and orders.paid_at < $1)) as "newCustomers",
         (select count(*)::int from users where created_at >= $1 and created_at < $2) as registered`;

interface Period {
  readonly customers: number;
  readonly newCustomers: number;
  readonly registered: number;
}

/**
 * Computes days before that of `now` anew, each by statements of its own, so that memory does not grow with the store: at the most with the products of
 * one day. Run again, it gives the same. A table's rows of a day are replaced in one statement: nobody sees half of them.
 *
 * `days`: so many, whether anything of them changed or not. Without it, yesterday and those of which something changed since the last time, such as an order
 * that was paid late; every day where there was no last time. Gives how many.
 */
export async function computeFigures(parts: FiguresParts, now: Date, days?: number): Promise<number> {
  const today = startOfDay(now, 0);
  const starts =
    days === undefined
      ? await changedDays(parts, now)
      : Array.from({ length: days }, (_, index) => startOfDay(now, days - index));
  for (const from of starts) {
    parts.signal.throwIfAborted();
    await computeDay(parts, { from, to: startOfDay(from, -1) });
  }
  for (const length of periodDays) {
    parts.signal.throwIfAborted();
    await computePeriod(parts, length, { from: startOfDay(now, length), to: today });
  }
  return starts.length;
}

/** A change counts from when its transaction began, and a replica hears of it later: so long before the last time. */
const marginText = '1 hour';

async function changedDays({ read, writer }: FiguresParts, now: Date): Promise<readonly Date[]> {
  const last = await writer.query<{ since: Date | null }>(
    `select min(computed_at) - interval '${marginText}' as since from period_customers`,
  );
  const { rows } = await read<{ day: string }>(
    `select distinct (at at time zone 'UTC')::date::text as day
       from (select created_at as at from orders where updated_at >= $1
             union all select paid_at from orders where updated_at >= $1
             union all select created_at from refunds where updated_at >= $1
             union all select $2::timestamptz - interval '1 day') as changed
      where at < $2 order by day`,
    [last.rows[0]?.since ?? new Date(0), startOfDay(now, 0)],
  );
  return rows.map(({ day }) => new Date(day));
}

async function computeDay({ read, writer }: FiguresParts, { from, to }: Bounds): Promise<void> {
  for (const { table, key, numbers, rows: text } of figuresOfDay) {
    const { rows } = await read<Readonly<Record<string, unknown>>>(text, [from, to]);
    const types = { ...key, ...numbers };
    const columns = Object.keys(types);
    const arrays = Object.values(types).map((type, index) => `$${index + 2}::${type}[]`);
    const same = ['true', ...Object.keys(key).map((column) => `given.${column} = ${table}.${column}`)];
    const set = Object.keys(numbers).map((column) => `${column} = excluded.${column}`);
    await writer.query(
      `with given as materialized (select * from unnest(${arrays.join(', ')}) as row (${columns.join(', ')})),
            gone as (delete from ${table} where day = $1::date and not exists (select from given where ${same.join(' and ')}))
       insert into ${table} (day, ${columns.join(', ')}) select $1::date, ${columns.join(', ')} from given
       on conflict (${['day', ...Object.keys(key)].join(', ')}) do update set ${set.join(', ')}`,
      [dateOf(from), ...columns.map((column) => rows.map((row) => row[column]))],
    );
  }
}

async function computePeriod({ read, writer }: FiguresParts, days: number, { from, to }: Bounds): Promise<void> {
  const { rows } = await read<Period & QueryResultRow>(periodSql, [from, to]);
  const [period] = rows as [Period];
  await writer.query(
    `insert into period_customers (days, until, customers, new_customers, registered) values ($1, $2::date, $3, $4, $5)
     on conflict (days) do update set until = excluded.until, customers = excluded.customers, new_customers = excluded.new_customers,
       registered = excluded.registered, computed_at = now()`,
    [days, dateOf(new Date(to.getTime() - 1)), period.customers, period.newCustomers, period.registered],
  );
}
