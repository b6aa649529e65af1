import * as z from 'zod';
import { type OrderRow, orderColumns, orderOf, orderSummary } from '../order';
import { route } from '../route';
import { id, pageLimit } from '../schemas';

const page = z
  .object({ items: z.array(orderSummary), nextCursor: id.nullable().meta({ description: 'null on the last page' }) })
  .meta({ id: 'OrderPage' });

export const listOrders = route({
  method: 'get',
  path: '/api/v1/orders',
  operationId: 'listOrders',
  tag: 'Orders',
  summary: 'The user’s orders, the newest first',
  access: 'customer',
  limit: 'api',
  query: z.object({ limit: pageLimit, cursor: id.optional().meta({ description: '`nextCursor` of the page before' }) }),
  answers: { 200: { description: 'A page of orders', schema: page } },
  handle: async ({ user, query: { limit, cursor } }, { database }) => {
    const { rows } = await database.writer.query<OrderRow>(
      `select ${orderColumns} from orders
        where user_id = $1
          ${cursor === undefined ? '' : 'and (created_at, id) < (select created_at, id from orders where id = $3 and user_id = $1)'}
        order by created_at desc, id desc limit $2`,
      [user.id, limit + 1, ...(cursor === undefined ? [] : [cursor])],
    );
    const items = rows.slice(0, limit);
    return {
      status: 200,
      body: { items: items.map(orderOf), nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null },
    };
  },
});
