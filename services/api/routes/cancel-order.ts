import * as z from 'zod';
import { productTag } from '../../cache-aside/product-tags';
import { cancelPendingOrder } from '../../orders/release-stock';
import { keyColumn, orderKey } from '../order-key';
import { Problem } from '../problem';
import { route } from '../route';

export const cancelOrder = route({
  method: 'post',
  path: '/api/v1/orders/{orderId}/cancel',
  operationId: 'cancelOrder',
  tag: 'Orders',
  summary: 'Cancel an order that waits for its payment',
  access: 'owner',
  limit: 'writes',
  params: z.object({ orderId: orderKey }),
  answers: { 204: { description: 'Cancelled now or before' } },
  problems: ['order-not-pending', 'payments-unavailable'],
  handle: async ({ user, params: { orderId } }, { database, payments, cached }) => {
    const { rows } = await database.writer.query<{ id: string; status: string; payment_intent_id: string | null }>(
      `select id, status, payment_intent_id from orders where ${keyColumn(orderId)} = $1 and user_id = $2`,
      [orderId, user.id],
    );
    const [order] = rows;
    if (!order) throw new Problem('not-found');
    if (order.status === 'cancelled') return { status: 204 };
    if (order.status !== 'pending') throw new Problem('order-not-pending');
    if (order.payment_intent_id !== null && payments) {
      // First at Stripe: after that nobody can pay for what is given back here.
      const intent = await payments.cancelIntent(order.payment_intent_id).catch((cause: unknown) => {
        throw new Problem('payments-unavailable', { cause });
      });
      if (intent !== 'cancelled') throw new Problem('order-not-pending');
    }
    const { done, backInStock } = await cancelPendingOrder(database.writer, order.id, user.id);
    if (done === 0) throw new Problem('order-not-pending'); // paid in the meantime
    await cached.invalidate(backInStock.map(productTag));
    return { status: 204 };
  },
});
