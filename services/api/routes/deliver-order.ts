import * as z from 'zod';
import { keyColumn, orderKey } from '../order-key';
import { Problem } from '../problem';
import { route } from '../route';
import { type Shipment, shipment, shipmentJson } from '../shipment';

export const deliverOrder = route({
  method: 'put',
  path: '/api/v1/orders/{orderId}/delivery',
  operationId: 'deliverOrder',
  tag: 'Operations',
  summary: 'Tell that a shipped order has arrived',
  access: 'operator',
  limit: 'writes',
  params: z.object({ orderId: orderKey }),
  answers: { 200: { description: 'Delivered: its customer is told, once', schema: shipment } },
  problems: ['not-found', 'order-not-shipped'],
  handle: async ({ params: { orderId } }, { database }) => {
    await database.writer.query(
      `update shipments set delivered_at = now() from orders
        where orders.${keyColumn(orderId)} = $1 and order_id = orders.id and shipped_at is not null and delivered_at is null`,
      [orderId],
    );
    const { rows } = await database.writer.query<{ shipment: Shipment | null }>(
      `select ${shipmentJson} as shipment from orders where ${keyColumn(orderId)} = $1`,
      [orderId],
    );
    const [order] = rows;
    if (!order) throw new Problem('not-found');
    if (order.shipment === null) throw new Problem('order-not-shipped');
    return { status: 200, body: order.shipment };
  },
});
