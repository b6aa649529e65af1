import * as z from 'zod';
import { productTag } from '../../cache-aside/product-tags';
import { route } from '../route';
import { id } from '../schemas';

export const deleteReview = route({
  method: 'delete',
  path: '/api/v1/products/{productId}/review',
  operationId: 'deleteReview',
  tag: 'Reviews',
  summary: 'Delete one’s review of a product; of one that was hidden the words',
  access: 'customer',
  limit: 'writes',
  params: z.object({ productId: id }),
  answers: { 204: { description: 'Nobody sees a review of this product by this customer' } },
  handle: async ({ params: { productId }, user }, { database, cached }) => {
    await database.writer.query('select delete_review($1, $2)', [user.id, productId]);
    await cached.invalidate([productTag(productId)]);
    return { status: 204 };
  },
});
