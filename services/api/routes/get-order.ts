import * as z from 'zod';
import { type OrderDetailsRow, order, orderDetailsColumns, orderDetailsOf } from '../order';
import { keyColumn, orderKey } from '../order-key';
import { Problem } from '../problem';
import { route } from '../route';

export const getOrder = route({
  method: 'get',
  path: '/api/v1/orders/{orderId}',
  operationId: 'getOrder',
  tag: 'Orders',
  summary: 'One order of the user’s',
  access: 'owner',
  limit: 'api',
  params: z.object({ orderId: orderKey }),
  answers: { 200: { description: 'The order', schema: order } },
  handle: async ({ user, params: { orderId } }, { database }) => {
    const { rows } = await database.writer.query<OrderDetailsRow>(
      `select ${orderDetailsColumns} from orders where ${keyColumn(orderId)} = $1 and user_id = $2`,
      [orderId, user.id],
    );
    const [row] = rows;
    if (!row) throw new Problem('not-found');
    return { status: 200, body: orderDetailsOf(row) };
  },
});
