import type { PoolClient } from 'pg';
import type { PaymentEventType } from '../contract';
import { cancelPendingOrder } from './release-stock';

/** Of the payment itself. */
export interface StoredPayment {
  readonly id: string;
  readonly type: PaymentEventType;
  readonly paymentIntentId: string;
  readonly orderId: string | null;
  readonly amountMinor: number;
  readonly currency: string;
  /** At Stripe. */
  readonly occurredAt: Date;
}

export interface StoredPaymentEvent extends StoredPayment {
  /** Of a refund or a dispute: what it is about, and how that stood. */
  readonly objectId: string | null;
  readonly objectStatus: string | null;
  readonly objectReason: string | null;
}

export type OrderStatus = 'pending' | 'paid' | 'cancelled' | 'refund_due' | 'refunded';

export interface Settled {
  /** The order's state after the event. */
  readonly status: OrderStatus;
  /** This event changed it. */
  readonly changed: boolean;
  /** Products that were sold out and can be bought again, or the other way round. */
  readonly availabilityChanged: readonly string[];
}

/** The event and the order do not fit together: nothing is changed, and somebody has to look. */
class PaymentMismatchError extends Error {
  readonly code = 'PAYMENT_MISMATCH';

  constructor(reason: string) {
    super(`A payment event is refused: ${reason}`);
    this.name = 'PaymentMismatchError';
  }
}

/** What a payment did to its order: one that was paid and given back later has been paid, and what follows a late payment is not for it. */
export const settledStatus = `case when status = 'refunded' and paid_at is not null then 'paid' else status end as status`;

interface OrderRow {
  readonly id: string;
  readonly status: OrderStatus;
  readonly totalMinor: number;
  readonly currency: string;
}

/**
 * What an event does to its order, within the caller's transaction. In whatever order and however often events come, an order is paid
 * once: a payment for a cancelled order takes its units again where they are still there, and is due back where they are not.
 */
export async function settlePayment(client: PoolClient, event: StoredPayment): Promise<Settled> {
  if (event.orderId === null) throw new PaymentMismatchError('it names no order');
  const { rows } = await client.query<OrderRow>(
    `update orders set payment_intent_id = coalesce(payment_intent_id, $2)
      where id = $1 and coalesce(payment_intent_id, $2) = $2
      returning id, ${settledStatus}, total_minor as "totalMinor", currency`,
    [event.orderId, event.paymentIntentId],
  );
  const [order] = rows;
  if (!order) throw new PaymentMismatchError('its order does not exist, or has another payment');
  if (event.type === 'payment_intent.succeeded') return paid(client, order, event);
  if (event.type === 'payment_intent.canceled') return cancelled(client, order);
  return unchanged(order); // it failed: the customer may take another card
}

const unchanged = ({ status }: OrderRow): Settled => ({ status, changed: false, availabilityChanged: [] });

async function paid(client: PoolClient, order: OrderRow, { amountMinor, currency, occurredAt }: StoredPayment): Promise<Settled> {
  if (order.status !== 'pending' && order.status !== 'cancelled') return unchanged(order);
  if (amountMinor !== order.totalMinor || currency !== order.currency) {
    throw new PaymentMismatchError('its amount is not that of the order');
  }
  const taken = order.status === 'cancelled' ? await takeUnitsAgain(client, order.id) : { all: true, soldOut: [] };
  const status = taken.all ? 'paid' : 'refund_due';
  await client.query(
    // When the money came, which a late event tells, too: the order belongs to that day.
    `update orders set status = $2, updated_at = now(),
            paid_at = case when $2 = 'paid' then greatest(created_at, least($3::timestamptz, now())) end
      where id = $1`,
    [order.id, status, occurredAt],
  );
  return { status, changed: true, availabilityChanged: taken.soldOut };
}

async function cancelled(client: PoolClient, order: OrderRow): Promise<Settled> {
  if (order.status !== 'pending') return unchanged(order);
  const { backInStock } = await cancelPendingOrder(client, order.id);
  return { status: 'cancelled', changed: true, availabilityChanged: backInStock };
}

interface TakenUnits {
  readonly all: boolean;
  readonly soldOut: readonly string[];
}

/** All units of an order or none. */
async function takeUnitsAgain(client: PoolClient, orderId: string): Promise<TakenUnits> {
  await client.query('savepoint units');
  // A statement of its own: see migrations/sql/0022_give_back.sql.
  await client.query(
    'select from products where id in (select product_id from order_items where order_id = $1) order by id for no key update',
    [orderId],
  );
  const { rows } = await client.query<TakenUnits>(
    `with items as (
       select product_id, quantity from order_items where order_id = $1
     ), taken as (
       update products set stock = stock - items.quantity, updated_at = now()
         from items
        where products.id = items.product_id and stock >= items.quantity
       returning products.id, stock
     )
     select (select count(*) from taken) = (select count(*) from items) as all,
            array(select id from taken where stock = 0) as "soldOut"`,
    [orderId],
  );
  const [taken] = rows;
  if (taken?.all === true) return taken;
  await client.query('rollback to savepoint units');
  return { all: false, soldOut: [] };
}
