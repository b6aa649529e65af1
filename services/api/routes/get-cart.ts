import * as z from 'zod';
import { route } from '../route';
import { id, money, quantity, time } from '../schemas';

const cart = z
  .object({
    items: z.array(
      z.object({
        productId: id,
        title: z.string(),
        quantity,
        unitPrice: money.meta({ description: 'As it was when the units were reserved' }),
        expiresAt: time.meta({ description: 'UTC; until then the units are kept' }),
      }),
    ),
  })
  .meta({ id: 'Cart' });

interface Row {
  readonly product_id: string;
  readonly title: string;
  readonly quantity: number;
  readonly unit_price_minor: number;
  readonly currency: string;
  readonly expires_at: Date;
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
      `select reservations.product_id, products.title, reservations.quantity, reservations.unit_price_minor,
              reservations.currency, reservations.expires_at
         from reservations join products on products.id = reservations.product_id
        where reservations.user_id = $1 and reservations.expires_at > now()
        order by reservations.id`,
      [user.id],
    );
    const body: z.input<typeof cart> = {
      items: rows.map((row) => ({
        productId: row.product_id,
        title: row.title,
        quantity: row.quantity,
        unitPrice: { amountMinor: row.unit_price_minor, currency: row.currency },
        expiresAt: row.expires_at.toISOString(),
      })),
    };
    return { status: 200, body };
  },
});
