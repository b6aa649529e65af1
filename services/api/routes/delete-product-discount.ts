import * as z from 'zod';
import { setDiscount } from '../../catalogue/discount';
import { invalidateCatalogue } from '../../catalogue/invalidate';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';

export const deleteProductDiscount = route({
  method: 'delete',
  path: '/api/v1/products/{productId}/discount',
  operationId: 'deleteProductDiscount',
  tag: 'Products',
  summary: 'End the discount of a product, whether it holds or was to come',
  access: 'operator',
  limit: 'writes',
  params: z.object({ productId: id }),
  answers: { 204: { description: 'It has none' } },
  problems: ['not-found'],
  handle: async ({ params: { productId } }, { database, cached, log }) => {
    if (!(await setDiscount(database.writer, productId, undefined))) throw new Problem('not-found');
    await invalidateCatalogue(cached, { productId });
    log.info('An operator ended the discount of a product', { productId });
    return { status: 204 };
  },
});
