import type { Pool } from 'pg';
import * as z from 'zod';
import type { Reservation } from '../orders/reserve';
import { time } from '../runtime/forms';
import { id, money, quantity, totalMinor } from './schemas';

export const cart = z
  .object({
    items: z.array(
      z.object({
        productId: id,
        title: z.string(),
        quantity,
        unitPrice: money.meta({ description: 'At the time of the reservation' }),
        expiresAt: time.meta({ description: 'UTC; the reservation ends then' }),
      }),
    ),
    total: money
      .extend({ amountMinor: totalMinor })
      .nullable()
      .meta({ description: 'What a check-out takes; null of an empty cart, and of one with two currencies' }),
  })
  .meta({ id: 'Cart' });

interface Row extends Reservation {
  readonly title: string;
}

/** Of the primary: a replica may not have what this user reserved a moment ago. */
export async function cartOf(writer: Pick<Pool, 'query'>, userId: string): Promise<z.input<typeof cart>> {
  const { rows } = await writer.query<Row>(
    `select reservations.product_id as "productId", products.title, reservations.quantity, reservations.currency,
            reservations.unit_price_minor as "unitPriceMinor", reservations.expires_at as "expiresAt"
       from reservations join products on products.id = reservations.product_id
      where reservations.user_id = $1 and reservations.expires_at > now()
      order by reservations.id`,
    [userId],
  );
  const [currency, ...others] = new Set(rows.map((row) => row.currency));
  const amountMinor = rows.reduce((sum, row) => sum + row.quantity * row.unitPriceMinor, 0);
  return {
    items: rows.map(({ productId, title, quantity: units, unitPriceMinor, currency: priced, expiresAt }) => ({
      productId,
      title,
      quantity: units,
      unitPrice: { amountMinor: unitPriceMinor, currency: priced },
      expiresAt: expiresAt.toISOString(),
    })),
    total: currency === undefined || others.length > 0 ? null : { amountMinor, currency },
  };
}
