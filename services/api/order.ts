import * as z from 'zod';
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

export interface OrderRow {
  readonly id: string;
  readonly status: string;
  readonly totalMinor: number;
  readonly currency: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export const orderOf = ({ id: orderId, status, totalMinor, currency, createdAt, expiresAt }: OrderRow) => ({
  id: orderId,
  status,
  total: { amountMinor: totalMinor, currency },
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});
