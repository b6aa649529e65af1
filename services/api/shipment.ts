import * as z from 'zod';
import { time } from '../runtime/forms';

/** Texts are empty where they are not told. */
export const shipment = z
  .object({
    carrier: z.string(),
    trackingNumber: z.string(),
    trackingUrl: z.string().meta({ description: 'Of a page of the carrier’s' }),
    shippedAt: time,
    deliveredAt: time.nullable().meta({ description: 'UTC; null while it is on its way' }),
  })
  .meta({ id: 'Shipment' });
export type Shipment = z.input<typeof shipment>;

/** SQL of the shipment of `orders.id`, as JSON; null until it is shipped. */
export const shipmentJson = `(select json_build_object('carrier', carrier, 'trackingNumber', tracking_number, 'trackingUrl', tracking_url,
  'shippedAt', ${isoTime('shipped_at')}, 'deliveredAt', ${isoTime('delivered_at')})
  from shipments where order_id = orders.id and shipped_at is not null)`;

/** As `Date.toISOString` writes it. */
function isoTime(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
