import * as z from 'zod';
import { restoreProduct as restore } from '../../catalogue/write-product';
import { answerOfProduct } from '../catalogue-write';
import { managedProductForm } from '../managed-product';
import { route } from '../route';
import { id } from '../schemas';

export const restoreProduct = route({
  method: 'post',
  path: '/api/v1/products/{productId}/restore',
  operationId: 'restoreProduct',
  tag: 'Products',
  summary: 'Bring an archived product back, hidden until it is made available',
  access: 'operator',
  limit: 'writes',
  params: z.object({ productId: id }),
  answers: { 200: { description: 'Restored, now or before', schema: managedProductForm } },
  problems: ['not-found'],
  handle: async ({ params: { productId }, user, requestId }, parts) => {
    const product = await answerOfProduct(await restore(parts.database.writer, productId), parts);
    parts.log.info('An operator restored a product', { requestId, productId, userId: user.id });
    return { status: 200, body: product };
  },
});
