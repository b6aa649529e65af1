import * as z from 'zod';
import type { OrderToPay } from '../orders/check-out';
import { id, money, quantity, time } from './schemas';

export const orderSummary = z
  .object({
    id,
    status: z.enum(['pending', 'paid', 'cancelled', 'refund_due', 'refunded']),
    total: money,
    createdAt: time,
    expiresAt: time.meta({ description: 'UTC; a pending order that is not paid by then is cancelled' }),
  })
  .meta({ id: 'OrderSummary' });

const orderItem = z.object({ productId: id, title: z.string(), quantity, unitPrice: money }).meta({ id: 'OrderItem' });

export const order = orderSummary.extend({ items: z.array(orderItem), paidAt: time.nullable() }).meta({ id: 'Order' });

/** Columns for `orderOf`, of `orders`. */
export const orderColumns = `id, status, total_minor as "totalMinor", currency, created_at as "createdAt", expires_at as "expiresAt"`;

export type OrderRow = Omit<OrderToPay, 'paymentIntentId'>;

export const orderOf = ({ id: orderId, status, totalMinor, currency, createdAt, expiresAt }: OrderRow) => ({
  id: orderId,
  status,
  total: { amountMinor: totalMinor, currency },
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});
