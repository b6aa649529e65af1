import * as z from 'zod';
import { plainText } from '../../runtime/forms';
import { keyColumn, orderKey } from '../order-key';
import { Problem } from '../problem';
import { route } from '../route';
import { type Shipment, shipment, shipmentJson } from '../shipment';

const oneLine = plainText(100)
  // oxlint-disable-next-line no-control-regex -- the characters in question
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'has a control character')
  .default('');

/** Nothing of the store's asks it: the customer's browser does. */
const trackingUrl = z
  .string()
  .max(500)
  .regex(/^(https:\/\/[a-z\d-]+(\.[a-z\d-]+)+([/?#][!-~]*)?)?$/i, 'is no https address of another site')
  .default('')
  .meta({ description: 'An https address of a page of the carrier’s', example: 'https://carrier.example.com/track/1Z999' });

interface Row {
  readonly id: string;
  readonly before: Shipment | null;
  readonly paid: boolean;
}

export const shipOrder = route({
  method: 'post',
  path: '/api/v1/orders/{orderId}/shipment',
  operationId: 'shipOrder',
  tag: 'Operations',
  summary: 'Tell that a paid order is shipped, as a whole; once more, to mend what was told of its carrier',
  access: 'operator',
  limit: 'writes',
  params: z.object({ orderId: orderKey }),
  body: z.strictObject({ carrier: oneLine, trackingNumber: oneLine, trackingUrl }),
  answers: {
    201: { description: 'Shipped: its customer is told', schema: shipment },
    200: { description: 'It was before: what is told of its carrier is changed, and nobody is told again', schema: shipment },
  },
  problems: ['not-found', 'order-not-paid'],
  handle: async ({ params: { orderId }, body: parcel }, { database, log }) => {
    const { rows: known } = await database.writer.query<Row>(
      `with orders as (
         select id, status = 'paid' as paid, coalesce(paid_at, updated_at) as paid_at from orders where ${keyColumn(orderId)} = $1 for no key update
       ), shipped as (
         insert into shipments as known (order_id, paid_at, carrier, tracking_number, tracking_url, shipped_at)
         select id, paid_at, $2, $3, $4, now() from orders
          where paid or exists (select from shipments where order_id = orders.id and shipped_at is not null)
         on conflict (order_id) do update
            set carrier = $2, tracking_number = $3, tracking_url = $4, shipped_at = coalesce(known.shipped_at, now())
       )
       select id, paid, ${shipmentJson} as before from orders`,
      [orderId, parcel.carrier, parcel.trackingNumber, parcel.trackingUrl],
    );
    const [order] = known;
    if (!order) throw new Problem('not-found');
    if (!order.paid && order.before === null) throw new Problem('order-not-paid');
    const { rows } = await database.writer.query<{ shipment: Shipment | null }>(
      `select ${shipmentJson} as shipment from orders where id = $1`,
      [order.id],
    );
    if (order.before === null) log.info('An order was shipped', { orderId: order.id });
    return { status: order.before === null ? 201 : 200, body: rows[0]?.shipment };
  },
});
