import * as z from 'zod';
import { managedProduct, managedProductForm } from '../managed-product';
import { Problem } from '../problem';
import { route } from '../route';
import { idOrSlug } from '../schemas';

export const getManagedProduct = route({
  method: 'get',
  path: '/api/v1/operations/products/{productId}',
  operationId: 'getManagedProduct',
  tag: 'Products',
  summary: 'One product for operators, with its units; hidden and archived ones, too',
  access: 'operator',
  limit: 'api',
  params: z.object({ productId: idOrSlug }),
  answers: { 200: { description: 'The product, as it is now', schema: managedProductForm } },
  problems: ['not-found'],
  handle: async ({ params: { productId } }, { database }) => {
    const product = await managedProduct(database.writer, productId);
    if (!product) throw new Problem('not-found');
    return { status: 200, body: product };
  },
});
