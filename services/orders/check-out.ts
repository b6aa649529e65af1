import type { Queryable } from './reserve';

/** Minutes that an order waits for its payment: an assumption, time for a second card and for a bank's confirmation. */
const paymentMinutes = 30;

export interface OrderToPay {
  readonly id: string;
  readonly status: string;
  readonly totalMinor: number;
  readonly currency: string;
  readonly paymentIntentId: string | null;
  readonly expiresAt: Date;
  readonly createdAt: Date;
}

export type CheckOutOutcome =
  | { readonly outcome: 'ordered' | 'ordered-before'; readonly order: OrderToPay }
  | { readonly outcome: 'cart-empty' | 'mixed-currencies' | 'order-too-large' };

/** The most that Stripe takes for one payment, in the smallest unit (Stripe: Currencies, minimum and maximum charge amounts). */
const largestTotalMinor = 99_999_999;

/** The cart becomes an order in one statement; the same key gives the order that it made before. */
const checkOutSql = `
  with lines as (
    select id, product_id, quantity, unit_price_minor, currency
      from reservations where user_id = $1 and expires_at > now() order by product_id for update
  ), created as (
    insert into orders (user_id, idempotency_key, total_minor, currency, expires_at)
    select $1, $2, sum(quantity::bigint * unit_price_minor), min(currency), now() + make_interval(mins => $3)
      from lines having count(distinct currency) = 1 and sum(quantity::bigint * unit_price_minor) <= $4
    on conflict (user_id, idempotency_key) do nothing
    returning *
  ), items as (
    insert into order_items (order_id, product_id, title, quantity, unit_price_minor)
    select created.id, product_id, products.title, quantity, unit_price_minor
      from lines cross join created join products on products.id = lines.product_id
  ), emptied as (
    delete from reservations using lines, created where reservations.id = lines.id
  )
  select id, status, total_minor as "totalMinor", currency, payment_intent_id as "paymentIntentId", expires_at as "expiresAt",
         created_at as "createdAt", true as new, null::int as currencies from created
  union all
  select id, status, total_minor, currency, payment_intent_id, expires_at, created_at, false, null
    from orders where user_id = $1 and idempotency_key = $2
  union all
  select null, null, null, null, null, null, null, false, count(distinct currency)::int from lines`;

type CheckOutRow = (OrderToPay | { readonly id: null }) & { readonly new: boolean; readonly currencies: number | null };

export async function checkOut(database: Queryable, userId: string, idempotencyKey: string): Promise<CheckOutOutcome> {
  const first = await checkOutOnce(database, userId, idempotencyKey);
  // The same request sent twice at once: the other one has emptied the cart, and its order is to be seen now.
  return 'order' in first ? first : checkOutOnce(database, userId, idempotencyKey);
}

async function checkOutOnce(database: Queryable, userId: string, idempotencyKey: string): Promise<CheckOutOutcome> {
  const { rows } = await database.query<CheckOutRow>(checkOutSql, [userId, idempotencyKey, paymentMinutes, largestTotalMinor]);
  for (const { new: isNew, currencies: _none, ...order } of rows) {
    if (order.id !== null) return { outcome: isNew ? 'ordered' : 'ordered-before', order };
  }
  const currencies = rows[0]?.currencies ?? 0;
  if (currencies === 0) return { outcome: 'cart-empty' };
  return { outcome: currencies > 1 ? 'mixed-currencies' : 'order-too-large' };
}

/** Ties an order to its payment while it waits for one; the first intent stays, and is what this gives. undefined: it waits no more. */
export async function keepPaymentIntent(
  database: Queryable,
  orderId: string,
  paymentIntentId: string,
): Promise<string | undefined> {
  const { rows } = await database.query<{ kept: string }>(
    `update orders set payment_intent_id = coalesce(payment_intent_id, $2), updated_at = now()
      where id = $1 and status = 'pending' returning payment_intent_id as kept`,
    [orderId, paymentIntentId],
  );
  return rows[0]?.kept;
}
