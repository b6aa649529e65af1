import * as z from 'zod';
import { cursorOf, cursorText, microseconds, nextCursor, pageOf, placeForms, timeOf } from '../cursor';
import { type OrderRow, orderColumns, placedOrder, placedOrderOf } from '../order';
import { route } from '../route';
import { pageLimit } from '../schemas';
import { type Shipment, shipmentJson } from '../shipment';

const page = z.object({ items: z.array(placedOrder), nextCursor }).meta({ id: 'OrderPage' });

export const listOrders = route({
  method: 'get',
  path: '/api/v1/orders',
  operationId: 'listOrders',
  tag: 'Orders',
  summary: 'The user’s orders, the newest first',
  access: 'customer',
  limit: 'api',
  query: z.object({ limit: pageLimit, cursor: cursorOf({ newest: placeForms.time }).optional().meta(cursorText) }),
  answers: { 200: { description: 'A page of orders', schema: page } },
  handle: async ({ user, query: { limit, cursor } }, { database }) => {
    const { rows } = await database.writer.query<OrderRow & { readonly place: string; readonly shipment: Shipment | null }>(
      `select ${orderColumns}, ${shipmentJson} as shipment, ${microseconds('created_at')}::text as place from orders
        where user_id = $1
          ${cursor === undefined ? '' : `and (created_at, id) < (${timeOf('$3')}, $4::uuid)`}
        order by created_at desc, id desc limit $2`,
      [user.id, limit + 1, ...(cursor === undefined ? [] : [cursor.by, cursor.id])],
    );
    const { items, nextCursor: next } = pageOf(rows, limit, 'newest');
    return {
      status: 200,
      body: {
        items: items.map(placedOrderOf),
        nextCursor: next,
      },
    };
  },
});
