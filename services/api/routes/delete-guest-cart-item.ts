import * as z from 'zod';
import { removeGuestItem } from '../../orders/guest-cart';
import { guestHashOf } from '../guest-cart';
import { route } from '../route';
import { id } from '../schemas';

export const deleteGuestCartItem = route({
  method: 'delete',
  path: '/api/v1/guest-cart/items/{productId}',
  operationId: 'deleteGuestCartItem',
  tag: 'Guest cart',
  summary: 'Take a product out of the cart of this browser',
  access: 'anyone',
  limit: 'writes',
  params: z.object({ productId: id }),
  answers: { 204: { description: 'The product is not in the cart' } },
  handle: async ({ params: { productId }, guestToken }, { database }) => {
    const tokenHash = guestHashOf(guestToken());
    if (tokenHash !== undefined) await removeGuestItem(database.writer, { tokenHash, productId });
    return { status: 204 };
  },
});
