import type { Queryable } from '../runtime/database';
import type { DeliveryAddress } from '../runtime/delivery-address';
import { largestPaymentMinor } from '../runtime/forms';
import type { Dispute } from './money-back';

/** Minutes that an order waits for its payment: an assumption, time for a second card and for a bank's confirmation. */
const paymentMinutes = 30;

/** Orders of one customer that may wait for their payment at once: an assumption, a second try after a failed one and one to spare. */
export const mostPendingOrders = 3;

export interface OrderToPay {
  readonly id: string;
  /** For people. */
  readonly number: string;
  readonly status: string;
  readonly totalMinor: number;
  readonly currency: string;
  readonly paymentIntentId: string | null;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly refundedMinor: number;
  readonly dispute: Dispute | null;
  readonly discountCode: string | null;
  /** What the code took off; the total is what is left. */
  readonly discountMinor: number;
  readonly deliveryAddress: DeliveryAddress | null;
}

export type CheckOutOutcome =
  | { readonly outcome: 'ordered' | 'ordered-before'; readonly order: OrderToPay }
  | { readonly outcome: 'cart-empty' | 'mixed-currencies' | 'cart-changed' | 'order-too-large' | 'too-many-pending' }
  | { readonly outcome: 'discount-refused'; readonly refusal: DiscountRefusal };

export const discountRefusals = ['unknown', 'over', 'another-currency', 'cart-too-small', 'used-up', 'used-before'] as const;
export type DiscountRefusal = (typeof discountRefusals)[number];

const checkOutSql = `
  select outcome, (placed).id, (placed).number, (placed).status, (placed).total_minor as "totalMinor", (placed).currency,
         (placed).payment_intent_id as "paymentIntentId", (placed).expires_at as "expiresAt", (placed).created_at as "createdAt",
         (placed).refunded_minor as "refundedMinor", (placed).dispute, (placed).discount_code as "discountCode",
         (placed).discount_minor as "discountMinor", (placed).delivery_address as "deliveryAddress", refusal
    from check_out($1, $2, $3, $4, $5, $6, $7, $8)`; // migrations/sql/0024_delivery_and_number.sql says how

export interface CheckOutRequest {
  readonly userId: string;
  /** The customer's: the same gives the same order. */
  readonly idempotencyKey: string;
  /** What the customer saw as the total, after a discount: another one makes no order. */
  readonly expectedTotalMinor: number;
  /** In capitals. @default - none */
  readonly discountCode?: string | undefined;
  /** @default - none, as of what is downloaded */
  readonly deliveryAddress?: DeliveryAddress | undefined;
}

type CheckOutRow = OrderToPay & { readonly outcome: CheckOutOutcome['outcome']; readonly refusal: DiscountRefusal };

/** The cart becomes an order, or nothing changes. */
export async function checkOut(
  database: Queryable,
  { userId, idempotencyKey, expectedTotalMinor, discountCode, deliveryAddress }: CheckOutRequest,
): Promise<CheckOutOutcome> {
  const { rows } = await database.query<CheckOutRow>(checkOutSql, [
    userId,
    idempotencyKey,
    paymentMinutes,
    largestPaymentMinor,
    mostPendingOrders,
    expectedTotalMinor,
    discountCode ?? null,
    deliveryAddress ?? null,
  ]);
  const [{ outcome, refusal, ...order }] = rows as [CheckOutRow]; // always one
  if (outcome === 'discount-refused') return { outcome, refusal };
  return outcome === 'ordered' || outcome === 'ordered-before' ? { outcome, order } : { outcome };
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
