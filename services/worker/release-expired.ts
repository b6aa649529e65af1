import type { Pool } from 'pg';
import type { CacheAside } from '../cache-aside';
import { metrics as metricNames } from '../contract';
import { describeError, type Logger } from '../logger';
import type { Metrics } from '../metrics';
import { type GivenBack, releaseOrders, releaseReservations } from '../orders/give-back';
import type { Payments } from '../payments';
import { productTag } from '../product-tags';

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

/**
 * Gives back what carts and unpaid orders hold past their time. Any number of workers may do it at once: each takes other rows. Payments of orders
 * that ended are cancelled at Stripe, where that works: one that comes nevertheless is settled when it does.
 */
export async function releaseExpired(
  { database, cached, payments, metrics, log }: ReleaseParts,
  signal: AbortSignal,
): Promise<void> {
  const paymentIntents: string[] = [];
  const reservations = await inBatches(() => releaseReservations(database.writer, batch), cached, signal);
  const orders = await inBatches(
    async () => {
      const released = await releaseOrders(database.writer, batch);
      paymentIntents.push(...released.paymentIntentIds);
      return released;
    },
    cached,
    signal,
  );
  if (reservations + orders > 0) log.info('Released expired reservations and orders', { reservations, orders });
  if (payments) await cancelIntents(paymentIntents, payments, metrics, log, signal);
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

/** Best effort; not against a Stripe that is away, which would hold up what comes next. */
async function cancelIntents(
  ids: readonly string[],
  payments: Pick<Payments, 'cancelIntent'>,
  metrics: Pick<Metrics, 'count'>,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  for (let at = 0; at < ids.length && !signal.aborted; at += cancelledAtOnce) {
    const group = ids.slice(at, at + cancelledAtOnce);
    const results = await Promise.allSettled(group.map((id) => payments.cancelIntent(id)));
    for (const [index, result] of results.entries()) {
      if (result.status === 'rejected' || result.value !== 'paid') continue;
      // Its event is settled when it comes; until then somebody has paid and has no order.
      log.error('Stripe has the payment of an order that expired, and its event has not come', { paymentIntentId: group[index] });
      metrics.count(metricNames.paymentsFailed);
    }
    const failed = results.filter((result) => result.status === 'rejected');
    if (failed.length === 0) continue;
    log.warn('Payments of cancelled orders are still open', { payments: failed.length, ...describeError(failed[0]?.reason) });
    if (failed.length === group.length) return;
  }
}
