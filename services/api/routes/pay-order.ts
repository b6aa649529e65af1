import * as z from 'zod';
import type { OrderToPay } from '../../orders/check-out';
import { type OrderRow, orderColumns, orderToPay, orderToPayOf } from '../order';
import { keyColumn, orderKey } from '../order-key';
import { paymentOf } from '../payment-of';
import { Problem } from '../problem';
import { route } from '../route';

interface Row extends OrderRow, Pick<OrderToPay, 'paymentIntentId' | 'deliveryAddress'> {
  readonly over: boolean;
}

export const payOrder = route({
  method: 'post',
  path: '/api/v1/orders/{orderId}/payment',
  operationId: 'payOrder',
  tag: 'Orders',
  summary: 'What an order that waits for its payment is paid by, also after a reload',
  access: 'owner',
  limit: 'writes',
  params: z.object({ orderId: orderKey }),
  answers: {
    200: { description: 'The order with its `clientSecret`: the one that it had, where it had one', schema: orderToPay },
  },
  problems: ['order-not-pending', 'payment-refused', 'payments-unavailable'],
  handle: async ({ user, params: { orderId } }, parts) => {
    const { database, payments } = parts;
    if (!payments) throw new Problem('payments-unavailable');
    const { rows } = await database.writer.query<Row>(
      `select ${orderColumns}, payment_intent_id as "paymentIntentId", delivery_address as "deliveryAddress", expires_at <= now() as over
         from orders where ${keyColumn(orderId)} = $1 and user_id = $2`,
      [orderId, user.id],
    );
    const [order] = rows;
    if (!order) throw new Problem('not-found');
    if (order.status !== 'pending' || order.over) throw new Problem('order-not-pending');
    const { clientSecret } = await paymentOf(order, payments, parts);
    return { status: 200, body: orderToPayOf(order, clientSecret) };
  },
});
