import * as z from 'zod';
import type { OrderToPay } from '../orders/check-out';
import { deliveryAddress } from '../runtime/delivery-address';
import { largestInteger, time } from '../runtime/forms';
import { orderNumber } from './order-key';
import { discountCode, id, money } from './schemas';
import { type Shipment, shipment, shipmentJson } from './shipment';

const orderSummary = z
  .object({
    id,
    number: orderNumber,
    status: z.enum(['pending', 'paid', 'cancelled', 'refund_due', 'refunded']),
    total: money,
    discount: z
      .object({ code: discountCode, amount: money })
      .nullable()
      .meta({ description: 'What a code took off; the total is what was left' }),
    refunded: money.meta({ description: 'What went back, or is on its way' }),
    dispute: z
      .enum(['open', 'won', 'lost'])
      .nullable()
      .meta({ description: 'Of the payment, by the customer’s bank; as the shop sees it' }),
    formerId: z.string().nullable().meta({
      description:
        'Of an order of the store’s time before it moved here: what it was called there. History: it is neither paid nor refunded here',
    }),
    createdAt: time,
    expiresAt: time.meta({ description: 'UTC; a pending order that is not paid by then is cancelled' }),
  })
  .meta({ id: 'OrderSummary' });

/** An order after its check-out: it may be on its way. */
export const placedOrder = orderSummary
  .extend({ shipment: shipment.nullable().meta({ description: 'null until it is shipped' }) })
  .meta({ id: 'PlacedOrder' });

/** Of a former store, also more than one sells here. */
const orderedQuantity = z.int().min(1).max(largestInteger).meta({ description: 'Units' });

export const orderItem = z
  .object({ productId: id, title: z.string(), quantity: orderedQuantity, unitPrice: money })
  .meta({ id: 'OrderItem' });

/** Of one order alone: lists tell no addresses to their reader who does not ask for them. */
const whereTo = {
  deliveryAddress: deliveryAddress
    .nullable()
    .meta({ description: 'null: none was given, or it was forgotten with its customer' }),
};

export const order = placedOrder.extend({ items: z.array(orderItem), paidAt: time.nullable(), ...whereTo }).meta({ id: 'Order' });

/** Of whom an order is, for operators. */
export const customerOfOrder = z.object({ name: z.string(), email: z.string() });
export type CustomerOfOrder = z.input<typeof customerOfOrder>;

/** SQL of `customerOfOrder`, of `orders.user_id`. */
export const customerJson = `(select json_build_object('name', name, 'email', email) from users where id = orders.user_id)`;

/** Columns for `orderOf`, of `orders`. */
export const orderColumns = `id, number, status, total_minor as "totalMinor", currency, created_at as "createdAt", expires_at as "expiresAt",
  refunded_minor as "refundedMinor", dispute, discount_code as "discountCode", discount_minor as "discountMinor",
  (select former_id from imported_orders where order_id = orders.id) as "formerId"`;

export type OrderRow = Omit<OrderToPay, 'paymentIntentId' | 'deliveryAddress'> & {
  /** @default null */
  readonly formerId?: string | null;
};

const orderOf = ({
  id: orderId,
  number,
  status,
  totalMinor,
  refundedMinor,
  dispute,
  discountCode: code,
  discountMinor,
  currency,
  formerId = null,
  createdAt,
  expiresAt,
}: OrderRow) => ({
  id: orderId,
  number,
  status,
  total: { amountMinor: totalMinor, currency },
  discount: code === null ? null : { code, amount: { amountMinor: discountMinor, currency } },
  refunded: { amountMinor: refundedMinor, currency },
  dispute,
  formerId,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});

/** With its shipment, as `shipmentJson` reads it. */
export const placedOrderOf = (row: OrderRow & { readonly shipment: Shipment | null }) => ({
  ...orderOf(row),
  shipment: row.shipment,
});

/** An order with what its payment is made by. */
export const orderToPay = orderSummary
  .extend({
    ...whereTo,
    clientSecret: z.string().nullable().meta({ description: 'For Stripe’s payment element; null once the order is not pending' }),
  })
  .meta({ id: 'OrderToPay' });

/** What `orderToPay` describes. */
export const orderToPayOf = (row: OrderRow & Pick<OrderToPay, 'deliveryAddress'>, clientSecret: string | null) => ({
  ...orderOf(row),
  deliveryAddress: row.deliveryAddress,
  clientSecret,
});

export interface OrderDetailsRow extends OrderRow, Pick<OrderToPay, 'deliveryAddress'> {
  readonly paidAt: Date | null;
  readonly shipment: Shipment | null;
  readonly items: readonly {
    readonly productId: string;
    readonly title: string;
    readonly quantity: number;
    readonly unitPriceMinor: number;
  }[];
}

/** Columns for `orderDetailsOf`, of `orders`. */
export const orderDetailsColumns = `${orderColumns}, delivery_address as "deliveryAddress", paid_at as "paidAt", ${shipmentJson} as shipment,
  (select json_agg(json_build_object('productId', product_id, 'title', title, 'quantity', quantity,
                                     'unitPriceMinor', unit_price_minor) order by title, product_id)
     from order_items where order_id = orders.id) as items`;

/** What `order` describes. */
export const orderDetailsOf = (row: OrderDetailsRow) => ({
  ...placedOrderOf(row),
  items: row.items.map(({ unitPriceMinor, productId, title, quantity }) => ({
    productId,
    title,
    quantity,
    unitPrice: { amountMinor: unitPriceMinor, currency: row.currency },
  })),
  paidAt: row.paidAt?.toISOString() ?? null,
  deliveryAddress: row.deliveryAddress,
});
