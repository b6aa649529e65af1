import type { Pool } from 'pg';
import { MessageError } from '../jobs/job';
import type { Composed } from './composed';
import { type EmailOrder, orderEmail } from './order-email';
import { type OrderEmailType, orderWordings } from './order-wordings';

interface OrderRow extends Omit<EmailOrder, 'items'> {
  readonly email: string;
  readonly erased: boolean;
  readonly wanted: boolean;
  readonly cancelled: boolean;
  /** null: it did not reach the customer, or not yet; or the message is of no refund. */
  readonly refundedMinor: number | null;
}

/** `refundId`: of `refund`. @throws {MessageError} where there is no such order */
export async function composeOrderEmail(
  database: Pick<Pool, 'query'>,
  {
    type,
    orderId,
    refundId,
  }: { readonly type: OrderEmailType; readonly orderId: string; readonly refundId?: string | undefined },
): Promise<Composed> {
  const { rows } = await database.query<OrderRow>(
    `select orders.number, orders.delivery_address as "deliveryAddress", users.email, users.name, orders.total_minor as "totalMinor", orders.currency,
            (select json_build_object('code', discount_code, 'amountMinor', discount_minor) where discount_code is not null) as discount,
            users.erased_at is not null as erased, users.order_emails as wanted, orders.status = 'cancelled' as cancelled,
            (select amount_minor from refunds where id = $2 and order_id = orders.id and status = 'succeeded') as "refundedMinor",
            (select json_build_object('carrier', carrier, 'trackingNumber', tracking_number, 'trackingUrl', tracking_url)
               from shipments where order_id = orders.id and shipped_at is not null) as shipment
       from orders join users on users.id = orders.user_id where orders.id = $1`,
    [orderId, refundId ?? null],
  );
  const [row] = rows;
  if (!row) throw new MessageError('its order does not exist');
  const { email: to, erased, wanted, cancelled, refundedMinor, ...order } = row;
  if (erased) return { to: undefined, reason: 'the customer is erased' };
  if (!wanted && orderWordings[type].to === 'who wants it') return { to: undefined, reason: 'the customer wants none' };
  if (type === 'order-cancelled' && !cancelled) return { to: undefined, reason: 'its payment came yet' };
  if (type === 'refund') {
    if (refundedMinor === null) return { to: undefined, reason: 'the refund did not reach the customer' };
    return { to, ...orderEmail(type, { ...order, totalMinor: refundedMinor, items: [] }) };
  }
  const items = await database.query<EmailOrder['items'][number]>(
    'select title, quantity, unit_price_minor as "unitPriceMinor" from order_items where order_id = $1 order by title, product_id',
    [orderId],
  );
  return { to, ...orderEmail(type, { ...order, items: items.rows }) };
}
