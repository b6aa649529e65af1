import * as z from 'zod';
import {
  type CustomerOfOrder,
  customerJson,
  customerOfOrder,
  type OrderDetailsRow,
  order,
  orderDetailsColumns,
  orderDetailsOf,
} from '../order';
import { keyColumn, orderKey } from '../order-key';
import { Problem } from '../problem';
import { route } from '../route';

const managedOrder = order.extend({ customer: customerOfOrder }).meta({ id: 'ManagedOrder' });

export const getManagedOrder = route({
  method: 'get',
  path: '/api/v1/operations/orders/{orderId}',
  operationId: 'getManagedOrder',
  tag: 'Operations',
  summary: 'One order of whichever customer, in whatever state: by the number that somebody reads out',
  access: 'operator',
  limit: 'api',
  params: z.object({ orderId: orderKey }),
  answers: { 200: { description: 'The order, with its customer', schema: managedOrder } },
  problems: ['not-found'],
  handle: async ({ params: { orderId } }, { database }) => {
    const { rows } = await database.writer.query<OrderDetailsRow & { readonly customer: CustomerOfOrder }>(
      `select ${orderDetailsColumns}, ${customerJson} as customer from orders where ${keyColumn(orderId)} = $1`,
      [orderId],
    );
    const [row] = rows;
    if (!row) throw new Problem('not-found');
    return { status: 200, body: { ...orderDetailsOf(row), customer: row.customer } };
  },
});
