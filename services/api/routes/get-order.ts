import * as z from 'zod';
import { type OrderRow, order, orderColumns, placedOrderOf } from '../order';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';
import { type Shipment, shipmentJson } from '../shipment';

interface Row extends OrderRow {
  readonly paidAt: Date | null;
  readonly shipment: Shipment | null;
  readonly items: { productId: string; title: string; quantity: number; unitPriceMinor: number }[];
}

export const getOrder = route({
  method: 'get',
  path: '/api/v1/orders/{orderId}',
  operationId: 'getOrder',
  tag: 'Orders',
  summary: 'One order of the user’s',
  access: 'owner',
  limit: 'api',
  params: z.object({ orderId: id }),
  answers: { 200: { description: 'The order', schema: order } },
  handle: async ({ user, params: { orderId } }, { database }) => {
    const { rows } = await database.writer.query<Row>(
      `select ${orderColumns}, paid_at as "paidAt", ${shipmentJson} as shipment,
              (select json_agg(json_build_object('productId', product_id, 'title', title, 'quantity', quantity,
                                                 'unitPriceMinor', unit_price_minor) order by title, product_id)
                 from order_items where order_id = orders.id) as items
         from orders where id = $1 and user_id = $2`,
      [orderId, user.id],
    );
    const [row] = rows;
    if (!row) throw new Problem('not-found');
    const items = row.items.map(({ unitPriceMinor, ...item }) => ({
      ...item,
      unitPrice: { amountMinor: unitPriceMinor, currency: row.currency },
    }));
    return { status: 200, body: { ...placedOrderOf(row), items, paidAt: row.paidAt?.toISOString() ?? null } };
  },
});
