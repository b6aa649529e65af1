import * as z from 'zod';
import type { Reservation } from '../../orders/reserve';
import { route } from '../route';
import { id, money, quantity, time } from '../schemas';

const cart = z
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
  })
  .meta({ id: 'Cart' });

interface Row extends Reservation {
  readonly title: string;
}

export const getCart = route({
  method: 'get',
  path: '/api/v1/cart',
  operationId: 'getCart',
  tag: 'Cart',
  summary: 'What the user has reserved',
  access: 'customer',
  limit: 'api',
  answers: { 200: { description: 'The cart', schema: cart } },
  handle: async ({ user }, { database }) => {
    // Of the primary: a replica may not have what this user reserved a moment ago.
    const { rows } = await database.writer.query<Row>(
      `select reservations.product_id as "productId", products.title, reservations.quantity, reservations.currency,
              reservations.unit_price_minor as "unitPriceMinor", reservations.expires_at as "expiresAt"
         from reservations join products on products.id = reservations.product_id
        where reservations.user_id = $1 and reservations.expires_at > now()
        order by reservations.id`,
      [user.id],
    );
    const body: z.input<typeof cart> = {
      items: rows.map(({ productId, title, quantity: units, unitPriceMinor, currency, expiresAt }) => ({
        productId,
        title,
        quantity: units,
        unitPrice: { amountMinor: unitPriceMinor, currency },
        expiresAt: expiresAt.toISOString(),
      })),
    };
    return { status: 200, body };
  },
});
