import { productTag } from '../cache-aside/product-tags';
import { metrics as metricNames } from '../contract';
import { keepPaymentIntent, type OrderToPay } from '../orders/check-out';
import { cancelPendingOrder } from '../orders/release-stock';
import { type PayableOrder, type PaymentIntent, type Payments, PaymentsError } from '../runtime/payments';
import type { ApiParts } from './parts';
import { Problem } from './problem';

/**
 * The payment of an order that waits for one: the one that it has, or a new one. The order is kept when Stripe fails, and may be asked for
 * again. An amount or a currency that Stripe takes from nobody ends the order, since no later try would be answered otherwise.
 */
export async function paymentOf(
  order: PayableOrder & Pick<OrderToPay, 'paymentIntentId'>,
  payments: Payments,
  parts: ApiParts,
): Promise<PaymentIntent> {
  const { database, metrics } = parts;
  try {
    if (order.paymentIntentId !== null) return await payments.readIntent(order.paymentIntentId);
    const intent = await payments.createIntent(order);
    const kept = await keepPaymentIntent(database.writer, order.id, intent.id);
    if (kept === undefined) throw new Problem('order-not-pending'); // cancelled in the meantime: nobody gets its secret
    return kept === intent.id ? intent : await payments.readIntent(kept);
  } catch (cause) {
    if (!(cause instanceof PaymentsError)) throw cause;
    if (cause.refusal !== undefined) throw await refused(order, cause.refusal, parts);
    metrics.count(metricNames.paymentsFailed);
    throw new Problem('payments-unavailable', {
      cause,
      detail: 'Send the same request again: the order is kept',
      headers: { 'retry-after': '5' },
    });
  }
}

async function refused(order: PayableOrder, refusal: string, { database, cached, metrics, log }: ApiParts): Promise<Problem> {
  const { backInStock } = await cancelPendingOrder(database.writer, order.id);
  await cached.invalidate(backInStock.map(productTag));
  metrics.count(metricNames.paymentsRefused);
  const { id: orderId, totalMinor, currency } = order;
  log.warn('Stripe takes no payment of this amount or currency', { orderId, totalMinor, currency, refusal });
  return new Problem('payment-refused', { detail: 'The order is cancelled; add items, or tell the shop of the currency' });
}
