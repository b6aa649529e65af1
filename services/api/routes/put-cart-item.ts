import * as z from 'zod';
import { productTag } from '../../cache-aside/product-tags';
import { reserve } from '../../orders/reserve';
import { time } from '../../runtime/forms';
import { Problem } from '../problem';
import { route } from '../route';
import { id, money, quantity } from '../schemas';

const reservation = z.object({ productId: id, quantity, unitPrice: money, expiresAt: time }).meta({ id: 'Reservation' });

export const putCartItem = route({
  method: 'put',
  path: '/api/v1/cart/items/{productId}',
  operationId: 'putCartItem',
  tag: 'Cart',
  summary: 'Set the reserved quantity of a product',
  access: 'customer',
  limit: 'writes',
  params: z.object({ productId: id }),
  body: z.strictObject({ quantity: quantity.meta({ example: 1 }) }),
  answers: { 200: { description: 'Reserved, at today’s price, until `expiresAt`', schema: reservation } },
  problems: ['not-found', 'sold-out', 'not-released', 'limit-reached', 'cart-full'],
  handle: async ({ params: { productId }, body: wanted, user }, { database, cached }) => {
    const result = await reserve(database.writer, user.id, productId, wanted.quantity);
    if (result.outcome !== 'reserved') throw new Problem(result.outcome);
    if (result.availabilityChanged) await cached.invalidate([productTag(productId)]);
    const { unitPriceMinor, currency, expiresAt, ...item } = result.reservation;
    const body: z.input<typeof reservation> = {
      ...item,
      unitPrice: { amountMinor: unitPriceMinor, currency },
      expiresAt: expiresAt.toISOString(),
    };
    return { status: 200, body };
  },
});
