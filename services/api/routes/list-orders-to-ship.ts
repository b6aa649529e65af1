import * as z from 'zod';
import { type DeliveryAddress, deliveryAddress } from '../../runtime/delivery-address';
import { time } from '../../runtime/forms';
import { cursorOf, cursorText, microseconds, nextCursor, pageOf, placeForms, timeOf } from '../cursor';
import { type CustomerOfOrder, customerJson, customerOfOrder, orderItem } from '../order';
import { orderNumber } from '../order-key';
import { route } from '../route';
import { id, money, pageLimit } from '../schemas';

const orderToShip = z
  .object({
    id,
    number: orderNumber,
    paidAt: time,
    total: money,
    customer: customerOfOrder,
    deliveryAddress: deliveryAddress.nullable().meta({ description: 'null: none was given, as of what is downloaded' }),
    items: z.array(orderItem),
  })
  .meta({ id: 'OrderToShip' });

const page = z.object({ items: z.array(orderToShip), nextCursor }).meta({ id: 'OrderToShipPage' });

interface Row {
  readonly id: string;
  readonly number: string;
  readonly paidAt: Date;
  readonly totalMinor: number;
  readonly currency: string;
  readonly customer: CustomerOfOrder;
  readonly deliveryAddress: DeliveryAddress | null;
  readonly items: z.input<typeof orderItem>[];
  readonly place: string;
}

const orderOf = (row: Row): z.input<typeof orderToShip> => ({
  id: row.id,
  number: row.number,
  paidAt: row.paidAt.toISOString(),
  total: { amountMinor: row.totalMinor, currency: row.currency },
  customer: row.customer,
  deliveryAddress: row.deliveryAddress,
  items: row.items,
});

export const listOrdersToShip = route({
  method: 'get',
  path: '/api/v1/operations/orders',
  operationId: 'listOrdersToShip',
  tag: 'Operations',
  summary: 'Orders of all customers that somebody of the shop has to do something with, those that wait longest first',
  access: 'operator',
  limit: 'api',
  query: z.object({
    status: z
      .enum(['to-ship'])
      .default('to-ship')
      .meta({ description: '`to-ship`: paid, not shipped, and not given back as a whole' }),
    limit: pageLimit,
    cursor: cursorOf({ oldest: placeForms.time }).optional().meta(cursorText),
  }),
  answers: { 200: { description: 'A page of orders', schema: page } },
  handle: async ({ query: { limit, cursor } }, { database }) => {
    const { rows } = await database.writer.query<Row>(
      `select orders.id, orders.number, shipments.paid_at as "paidAt", orders.total_minor as "totalMinor", orders.currency,
              ${customerJson} as customer, orders.delivery_address as "deliveryAddress",
              (select json_agg(json_build_object('productId', product_id, 'title', title, 'quantity', quantity, 'unitPrice',
                                                 json_build_object('amountMinor', unit_price_minor, 'currency', orders.currency))
                               order by title, product_id)
                 from order_items where order_id = orders.id) as items,
              ${microseconds('shipments.paid_at')}::text as place
         from shipments join orders on orders.id = shipments.order_id
        where shipments.shipped_at is null and orders.status = 'paid'
          ${cursor === undefined ? '' : `and (shipments.paid_at, shipments.order_id) > (${timeOf('$2')}, $3::uuid)`}
        order by shipments.paid_at, shipments.order_id limit $1`,
      [limit + 1, ...(cursor === undefined ? [] : [cursor.by, cursor.id])],
    );
    const { items, nextCursor: next } = pageOf(rows, limit, 'oldest');
    const body: z.input<typeof page> = {
      items: items.map(orderOf),
      nextCursor: next,
    };
    return { status: 200, body };
  },
});
