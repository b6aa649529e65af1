import type { Pool } from 'pg';
import type { CacheAside } from '../cache-aside';
import { productTag } from '../cache-aside/product-tags';
import { metrics as metricNames } from '../contract';
import {
  cancelUnpaidOrder,
  type ExpiredOrder,
  extendOrder,
  type GivenBack,
  releaseOrders,
  releaseReservations,
  takeExpiredOrders,
} from '../orders/release-stock';
import { describeError, type Logger } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';
import type { Payments } from '../runtime/payments';

export interface ReleaseParts {
  readonly database: { readonly writer: Pool };
  readonly cached: Pick<CacheAside, 'invalidate'>;
  /** undefined where the store takes no payments. */
  readonly payments: Pick<Payments, 'cancelIntent'> | undefined;
  readonly metrics: Pick<Metrics, 'count'>;
  readonly log: Logger;
}

/** Reservations or orders that one statement ends: its locks are held for milliseconds. */
const batch = 100;

/** Payments that are cancelled at once; Stripe takes 100 requests a second of an account (Stripe: Rate limits). */
const cancelledAtOnce = 10;

/** Minutes that one round may take with an order, and that an order gets whose payment is under way or has been made: assumptions. */
const minutes = { round: 2, paid: 30 } as const;

/** Gives back what carts hold past their time. Any number of workers may do it at once: each takes other rows. */
export async function releaseCarts({ database, cached, log }: ReleaseParts, signal: AbortSignal): Promise<void> {
  const reservations = await inBatches(() => releaseReservations(database.writer, batch), cached, signal);
  if (reservations > 0) log.info('Released expired reservations', { reservations });
}

/**
 * Cancels orders that nobody paid in time: first their payment at Stripe, so that nobody can pay for what is given back; then the order.
 * One that Stripe has the money of, whose event has not come, keeps its units.
 */
export async function releaseUnpaidOrders(parts: ReleaseParts, signal: AbortSignal): Promise<void> {
  const { database, cached, payments, log } = parts;
  const which = payments ? 'without payment' : 'all';
  const withoutPayment = await inBatches(() => releaseOrders(database.writer, batch, which), cached, signal);
  const orders = withoutPayment + (payments ? await cancelAllUnpaid(payments, parts, signal) : 0);
  if (orders > 0) log.info('Cancelled expired orders', { orders });
}

/** How many orders ended. */
async function cancelAllUnpaid(
  payments: Pick<Payments, 'cancelIntent'>,
  parts: ReleaseParts,
  signal: AbortSignal,
): Promise<number> {
  let ended = 0;
  while (!signal.aborted) {
    const expired = await takeExpiredOrders(parts.database.writer, cancelledAtOnce, minutes.round);
    const results = await Promise.allSettled(expired.map((order) => cancelUnpaid(order, payments, parts)));
    ended += results.filter((result) => result.status === 'fulfilled' && result.value).length;
    const failed = results.filter((result) => result.status === 'rejected');
    if (failed.length > 0) {
      parts.log.warn('Expired orders wait for Stripe', { orders: failed.length, ...describeError(failed[0]?.reason) });
      break; // a Stripe that is away is asked again in the next round
    }
    if (expired.length < cancelledAtOnce) break;
  }
  return ended;
}

/** Whether the order ended. */
async function cancelUnpaid(
  { id, paymentIntentId }: ExpiredOrder,
  payments: Pick<Payments, 'cancelIntent'>,
  { database, cached, metrics, log }: ReleaseParts,
): Promise<boolean> {
  const intent = await payments.cancelIntent(paymentIntentId);
  if (intent === 'cancelled') {
    const { done, backInStock } = await cancelUnpaidOrder(database.writer, id);
    await cached.invalidate(backInStock.map(productTag));
    return done === 1;
  }
  await extendOrder(database.writer, id, minutes.paid);
  if (intent === 'paid') {
    // Somebody has paid and sees no paid order until the event comes.
    log.error('Stripe has received the payment of an order, but its event has not arrived', { orderId: id, paymentIntentId });
    metrics.count(metricNames.paymentsFailed);
  }
  return false;
}

/** Until a batch was not full: what is left then is somebody else's, or not over yet. */
async function inBatches(
  release: () => Promise<GivenBack>,
  cached: ReleaseParts['cached'],
  signal: AbortSignal,
): Promise<number> {
  let all = 0;
  for (;;) {
    const { done, backInStock } = await release();
    all += done;
    await cached.invalidate(backInStock.map(productTag));
    if (done < batch || signal.aborted) return all;
  }
}
