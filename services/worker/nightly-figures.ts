import type { Pool, QueryResult, QueryResultRow } from 'pg';
import { beginningOfDay, dateOf, periodDays } from '../orders/figure-periods';
import { figuresOfDay } from '../orders/figures-of-day';

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

/** Places of the moments at which the periods begin; $1 is the first of them, and $2 when all end. */
const beginnings = periodDays.map((_, index) => `$${index + 3}`);

/**
 * The orders of the longest period, read once for all. Whoever paid an order before it is looked up; of the others the first order in it tells in which
 * periods they are new.
 */
const periodsSql = `
  with buyers as materialized (
    select user_id, min(paid_at) as first, max(paid_at) as last from orders where paid_at >= $1 and paid_at < $2 group by user_id
  ), known as materialized (
    select user_id from buyers where exists (select from orders where orders.user_id = buyers.user_id and orders.paid_at < $1)
  )
  select array[${beginnings.map((place) => `count(*) filter (where last >= ${place})`).join(', ')}]::int[] as customers,
         array[${beginnings.map((place) => `count(*) filter (where first >= ${place} and known.user_id is null)`).join(', ')}]::int[] as "newCustomers",
         array[${beginnings.map((place) => `(select count(*) from users where created_at >= ${place} and created_at < $2)`).join(', ')}]::int[] as registered
    from buyers left join known using (user_id)`;

/** A number a period. */
interface Periods {
  readonly customers: readonly number[];
  readonly newCustomers: readonly number[];
  readonly registered: readonly number[];
}

/**
 * Computes days before that of `now` anew, each by statements of its own, so that memory does not grow with the store: at the most with the products of
 * one day. Run again, it gives the same. A table's rows of a day are replaced in one statement: nobody sees half of them.
 *
 * `days`: so many, whether anything of them changed or not. Without it, yesterday and those of which something changed since the last time, such as an order
 * that was paid late; every day where there was no last time. Gives how many.
 */
export async function computeFigures(parts: FiguresParts, now: Date, days?: number): Promise<number> {
  const starts =
    days === undefined
      ? await changedDays(parts, now)
      : Array.from({ length: days }, (_, index) => beginningOfDay(now, days - index));
  for (const from of starts) {
    parts.signal.throwIfAborted();
    await computeDay(parts, { from, to: beginningOfDay(from, -1) });
  }
  parts.signal.throwIfAborted();
  await computePeriods(parts, now);
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
    [last.rows[0]?.since ?? new Date(0), beginningOfDay(now, 0)],
  );
  return rows.map(({ day }) => new Date(day));
}

async function computeDay({ read, writer }: FiguresParts, { from, to }: Bounds): Promise<void> {
  for (const { table, key, numbers, rows: text } of Object.values(figuresOfDay)) {
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

async function computePeriods({ read, writer }: FiguresParts, now: Date): Promise<void> {
  const [from, to] = [beginningOfDay(now, Math.max(...periodDays)), beginningOfDay(now, 0)];
  const begin = periodDays.map((days) => beginningOfDay(now, days));
  const { rows } = await read<Periods & QueryResultRow>(periodsSql, [from, to, ...begin]);
  const [{ customers, newCustomers, registered }] = rows as [Periods];
  await writer.query(
    `insert into period_customers (days, until, customers, new_customers, registered)
     select days, $2::date, customers, new_customers, registered
       from unnest($1::int[], $3::int[], $4::int[], $5::int[]) as period (days, customers, new_customers, registered)
     on conflict (days) do update set until = excluded.until, customers = excluded.customers, new_customers = excluded.new_customers,
       registered = excluded.registered, computed_at = now()`,
    [periodDays, dateOf(beginningOfDay(now, 1)), customers, newCustomers, registered],
  );
}
