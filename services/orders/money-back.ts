import type { Queryable } from '../runtime/database';
import type { Refund } from '../runtime/payments';
import type { OrderStatus } from './settle-payment';

export interface NotedRefund {
  /** The order's state after it. */
  readonly status: OrderStatus;
  readonly refundStatus: Refund['status'];
  /** It changed the order's state. */
  readonly changed: boolean;
}

/** How a refund stands, and what its order is then. `idempotencyKey`: whoever asked for it. */
export async function noteRefund(
  database: Queryable,
  orderId: string,
  { id, amountMinor, status }: Refund,
  idempotencyKey?: string,
): Promise<NotedRefund> {
  const { rows } = await database.query<NotedRefund>(
    `select status, refund_status as "refundStatus", changed from note_refund($1, $2, $3, $4, $5)`,
    [id, orderId, amountMinor, status, idempotencyKey ?? null],
  );
  return rows[0] as NotedRefund; // the function gives one, or fails where there is no such order
}

/** Of a refund that somebody made before and of which nothing else is known: whether this call made the order refunded, and no other one. */
export async function markRefunded(database: Queryable, orderId: string): Promise<boolean> {
  const { rowCount } = await database.query(
    `update orders set status = 'refunded', refunded_minor = total_minor, updated_at = now() where id = $1 and status = 'refund_due'`,
    [orderId],
  );
  return rowCount === 1;
}

export type Dispute = 'open' | 'won' | 'lost';

/**
 * What Stripe calls a dispute's state, as the store has it; what Stripe adds later is open, so that somebody looks. `warning_closed` and
 * `prevented` moved no money in the end (stripe-node 23.1.0, resources/Disputes.d.ts, read 2026-11-29).
 */
function disputeOf(stripeStatus: string): Dispute {
  if (['won', 'warning_closed', 'prevented'].includes(stripeStatus)) return 'won';
  return stripeStatus === 'lost' ? 'lost' : 'open';
}

/** Whether this call changed it. One that is over opens again by an appeal alone: events come in any order. */
export async function noteDispute(database: Queryable, orderId: string, stripeStatus: string): Promise<boolean> {
  const { rowCount } = await database.query(
    `update orders set dispute = $2, updated_at = now()
      where id = $1 and dispute is distinct from $2 and ($2 <> 'open' or dispute is null or $3)`,
    [orderId, disputeOf(stripeStatus), stripeStatus.startsWith('appeal_')],
  );
  return rowCount === 1;
}
