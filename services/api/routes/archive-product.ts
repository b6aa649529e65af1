import * as z from 'zod';
import { archiveProduct as archive } from '../../catalogue/write-product';
import { answerOfProduct } from '../catalogue-write';
import { managedProductForm } from '../managed-product';
import { route } from '../route';
import { id } from '../schemas';

export const archiveProduct = route({
  method: 'post',
  path: '/api/v1/products/{productId}/archive',
  operationId: 'archiveProduct',
  tag: 'Products',
  summary: 'Take a product out of the shop: operators alone see it; carts and orders keep it',
  access: 'operator',
  limit: 'writes',
  params: z.object({ productId: id }),
  answers: { 200: { description: 'Archived, now or before', schema: managedProductForm } },
  problems: ['not-found'],
  handle: async ({ params: { productId }, user, requestId }, parts) => {
    const product = await answerOfProduct(await archive(parts.database.writer, productId), parts);
    parts.log.info('An operator archived a product', { requestId, productId, userId: user.id });
    return { status: 200, body: product };
  },
});
