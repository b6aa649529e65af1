import * as z from 'zod';
import { metrics as metricNames } from '../../contract';
import { checkOut } from '../../orders/check-out';
import { deliveryAddress } from '../../runtime/delivery-address';
import { cartOf } from '../cart';
import { orderToPay, orderToPayOf } from '../order';
import { paymentOf } from '../payment-of';
import { Problem } from '../problem';
import { route } from '../route';
import { discountCode, id, totalMinor } from '../schemas';

export const placeOrder = route({
  method: 'post',
  path: '/api/v1/orders',
  operationId: 'placeOrder',
  tag: 'Orders',
  summary: 'Check out: the cart becomes an order that waits for its payment',
  access: 'customer',
  limit: 'checkout',
  challenged: true,
  headers: z.object({
    'idempotency-key': id.meta({
      description: 'A UUID chosen by the client: the same key always returns the same order',
    }),
  }),
  body: z.strictObject({
    expectedTotalMinor: totalMinor.meta({
      description:
        'The cart’s total that the customer saw, after the discount of a code: another one makes no order, and is answered with the cart as it is',
      example: 9900,
    }),
    discountCode: discountCode.optional(),
    deliveryAddress: deliveryAddress.optional(),
  }),
  answers: {
    201: { description: 'Ordered', schema: orderToPay, headers: { location: 'Path of the order' } },
    200: { description: 'Ordered before, by the same key', schema: orderToPay },
  },
  problems: [
    'cart-empty',
    'mixed-currencies',
    'cart-changed',
    'discount-refused',
    'order-too-large',
    'too-many-pending',
    'order-not-pending',
    'payment-refused',
    'payments-unavailable',
  ],
  handle: async ({ headers, body, user }, parts) => {
    const { database, payments, metrics } = parts;
    if (!payments) throw new Problem('payments-unavailable');
    const request = { userId: user.id, idempotencyKey: headers['idempotency-key'], ...body };
    const result = await checkOut(database.writer, request);
    if (!('order' in result)) {
      if ('refusal' in result) throw new Problem(result.outcome, { members: { reason: result.refusal } });
      const changed = result.outcome === 'cart-changed';
      throw new Problem(result.outcome, changed ? { members: { cart: await cartOf(database.writer, user.id) } } : {});
    }
    const { order, outcome } = result;
    if (outcome === 'ordered') metrics.count(metricNames.orders);
    const intent = order.status === 'pending' ? await paymentOf(order, payments, parts) : undefined;
    const answer = orderToPayOf(order, intent?.clientSecret ?? null);
    return outcome === 'ordered'
      ? { status: 201, body: answer, headers: { location: `/api/v1/orders/${order.id}` } }
      : { status: 200, body: answer };
  },
});
