import * as z from 'zod';
import { route } from '../route';
import { id } from '../schemas';

export const deleteWish = route({
  method: 'delete',
  path: '/api/v1/users/me/wishes/{productId}',
  operationId: 'deleteWish',
  tag: 'Notifications',
  summary: 'Take a product off the wish list',
  access: 'customer',
  limit: 'writes',
  params: z.object({ productId: id }),
  answers: { 204: { description: 'The product is not on the list' } },
  handle: async ({ user, params: { productId } }, { database }) => {
    await database.writer.query('delete from wishes where user_id = $1 and product_id = $2', [user.id, productId]);
    return { status: 204 };
  },
});
