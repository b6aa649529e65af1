import * as z from 'zod';
import { metrics as metricNames } from '../../contract';
import { checkOut, keepPaymentIntent, type OrderToPay } from '../../orders/check-out';
import { type PaymentIntent, type Payments, PaymentsError } from '../../runtime/payments';
import { orderOf, orderSummary } from '../order';
import type { ApiParts } from '../parts';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';

const toPay = orderSummary
  .extend({
    clientSecret: z.string().nullable().meta({ description: 'For Stripe’s payment element; null once the order is not pending' }),
  })
  .meta({ id: 'OrderToPay' });

export const placeOrder = route({
  method: 'post',
  path: '/api/v1/orders',
  operationId: 'placeOrder',
  tag: 'Orders',
  summary: 'Check out: the cart becomes an order that waits for its payment',
  access: 'customer',
  limit: 'checkout',
  headers: z.object({
    'idempotency-key': id.meta({
      description: 'A UUID chosen by the client: the same key always returns the same order',
    }),
  }),
  answers: {
    201: { description: 'Ordered', schema: toPay, headers: { location: 'Path of the order' } },
    200: { description: 'Ordered before, by the same key', schema: toPay },
  },
  problems: ['cart-empty', 'mixed-currencies', 'order-too-large', 'order-not-pending', 'payments-unavailable'],
  handle: async ({ headers, user }, parts) => {
    const { database, payments, metrics } = parts;
    if (!payments) throw new Problem('payments-unavailable');
    const result = await checkOut(database.writer, user.id, headers['idempotency-key']);
    if (!('order' in result)) throw new Problem(result.outcome);
    const { order, outcome } = result;
    if (outcome === 'ordered') metrics.count(metricNames.orders);
    const intent = order.status === 'pending' ? await intentFor(order, payments, parts) : undefined;
    const body = { ...orderOf(order), clientSecret: intent?.clientSecret ?? null };
    return outcome === 'ordered'
      ? { status: 201, body, headers: { location: `/api/v1/orders/${order.id}` } }
      : { status: 200, body };
  },
});

/** The order is kept when Stripe fails: sent again with the same key, the check-out goes on from here. */
async function intentFor(order: OrderToPay, payments: Payments, { database, metrics }: ApiParts): Promise<PaymentIntent> {
  try {
    if (order.paymentIntentId !== null) return await payments.readIntent(order.paymentIntentId);
    const intent = await payments.createIntent(order);
    const kept = await keepPaymentIntent(database.writer, order.id, intent.id);
    if (kept === undefined) throw new Problem('order-not-pending'); // cancelled in the meantime: nobody gets its secret
    return kept === intent.id ? intent : await payments.readIntent(kept);
  } catch (cause) {
    if (!(cause instanceof PaymentsError)) throw cause;
    metrics.count(metricNames.paymentsFailed);
    throw new Problem('payments-unavailable', {
      cause,
      detail: 'Send the same request again: the order is kept',
      headers: { 'retry-after': '5' },
    });
  }
}
