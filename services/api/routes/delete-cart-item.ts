import * as z from 'zod';
import { productTag } from '../../cache-aside/product-tags';
import { removeReservation } from '../../orders/release-stock';
import { route } from '../route';
import { id } from '../schemas';

export const deleteCartItem = route({
  method: 'delete',
  path: '/api/v1/cart/items/{productId}',
  operationId: 'deleteCartItem',
  tag: 'Cart',
  summary: 'Take a product out of the cart',
  access: 'customer',
  limit: 'writes',
  params: z.object({ productId: id }),
  answers: { 204: { description: 'The product is not in the cart' } },
  handle: async ({ params: { productId }, user }, { database, cached }) => {
    const { backInStock } = await removeReservation(database.writer, user.id, productId);
    await cached.invalidate(backInStock.map(productTag));
    return { status: 204 };
  },
});
