import type { Queryable } from '../runtime/database';

export interface GivenBack {
  /** Reservations or orders that ended. */
  readonly done: number;
  /** Products that had been sold out. */
  readonly backInStock: readonly string[];
}

/**
 * `source`: CTEs, of which `ended` has a row for each thing that ends, and `items` its products and quantities. No key of a product changes, so that a check-out
 * which refers to it waits for none of this.
 */
async function releaseStock(database: Queryable, source: string, values: readonly unknown[]): Promise<GivenBack> {
  const { rows } = await database.query<GivenBack>(
    `with ${source}
     select (select count(*) from ended)::int as done, give_units_back(array_agg(product_id), array_agg(quantity)) as "backInStock" from items`,
    [...values],
  );
  return rows[0] ?? { done: 0, backInStock: [] };
}

/** Takes a line out of a user's cart. */
export function removeReservation(database: Queryable, userId: string, productId: string): Promise<GivenBack> {
  const source = `ended as (
      delete from reservations where user_id = $1 and product_id = $2 returning product_id, quantity
    ), items as (select product_id, quantity from ended)`;
  return releaseStock(database, source, [userId, productId]);
}

/** Ends so many reservations whose time is over; others that do the same at once take other ones. */
export function releaseReservations(database: Queryable, most: number): Promise<GivenBack> {
  const source = `over as (
      select id from reservations where expires_at <= now() order by expires_at limit $1 for update skip locked
    ), ended as (
      delete from reservations using over where reservations.id = over.id returning product_id, quantity
    ), items as (select product_id, quantity from ended)`;
  return releaseStock(database, source, [most]);
}

/** As `releaseReservations`, for orders that nobody paid in time; of those with a payment nobody knows that but Stripe. */
export function releaseOrders(database: Queryable, most: number, which: 'all' | 'without payment' = 'all'): Promise<GivenBack> {
  const source = `over as (
      select id from orders
       where status = 'pending' and expires_at <= now() and ($2 or payment_intent_id is null)
       order by expires_at limit $1 for update skip locked
    ), ended as (
      update orders set status = 'cancelled', ended_unpaid = true, updated_at = now() from over where orders.id = over.id returning orders.id
    ), items as (select product_id, quantity from order_items join ended on order_items.order_id = ended.id)`;
  return releaseStock(database, source, [most, which === 'all']);
}

export interface ExpiredOrder {
  readonly id: string;
  readonly paymentIntentId: string;
}

/**
 * Orders with a payment whose time is over, for this caller alone: they get `minutes` more, after which whoever asks gets them again, should
 * this one not come to an end with them.
 */
export async function takeExpiredOrders(database: Queryable, most: number, minutes: number): Promise<readonly ExpiredOrder[]> {
  const { rows } = await database.query<ExpiredOrder>(
    `with over as (
       select id from orders where status = 'pending' and expires_at <= now() and payment_intent_id is not null
        order by expires_at limit $1 for update skip locked
     )
     update orders set expires_at = now() + make_interval(mins => $2) from over where orders.id = over.id
     returning orders.id, payment_intent_id as "paymentIntentId"`,
    [most, minutes],
  );
  return rows;
}

/** More time for an order that waits for its payment. */
export async function extendOrder(database: Queryable, id: string, minutes: number): Promise<void> {
  await database.query(`update orders set expires_at = now() + make_interval(mins => $2) where id = $1 and status = 'pending'`, [
    id,
    minutes,
  ]);
}

/** Cancels an order while it waits for its payment. @default owner - whoever it belongs to: for the worker alone */
export const cancelPendingOrder = (database: Queryable, orderId: string, owner?: string): Promise<GivenBack> =>
  cancelOrder(database, orderId, { owner, unpaid: false });

/** The same of one whose time is over: its customer is told. */
export const cancelUnpaidOrder = (database: Queryable, orderId: string): Promise<GivenBack> =>
  cancelOrder(database, orderId, { unpaid: true });

function cancelOrder(
  database: Queryable,
  orderId: string,
  { owner, unpaid }: { readonly owner?: string | undefined; readonly unpaid: boolean },
): Promise<GivenBack> {
  const source = `ended as (
      update orders set status = 'cancelled', ended_unpaid = $3, updated_at = now()
       where id = $1 and status = 'pending' and ($2::uuid is null or user_id = $2)
      returning id
    ), items as (select product_id, quantity from order_items join ended on order_items.order_id = ended.id)`;
  return releaseStock(database, source, [orderId, owner ?? null, unpaid]);
}
