import * as z from 'zod';
import { productChanges } from '../../catalogue/product-fields';
import { changeProduct as change } from '../../catalogue/write-product';
import { answerOfProduct } from '../catalogue-write';
import { managedProductForm } from '../managed-product';
import { route } from '../route';
import { id } from '../schemas';

export const changeProduct = route({
  method: 'patch',
  path: '/api/v1/products/{productId}',
  operationId: 'changeProduct',
  tag: 'Products',
  summary: 'Change what is given of a product; lines in carts keep their price',
  access: 'operator',
  limit: 'writes',
  params: z.object({ productId: id }),
  body: productChanges,
  answers: { 200: { description: 'As it is now', schema: managedProductForm } },
  problems: ['not-found', 'slug-taken', 'unknown-reference', 'archived'],
  handle: async ({ params: { productId }, body: changes, user, requestId }, parts) => {
    const product = await answerOfProduct(await change(parts.database.writer, productId, changes), parts, changes);
    parts.log.info('An operator changed a product', { requestId, productId, fields: Object.keys(changes), userId: user.id });
    return { status: 200, body: product };
  },
});
