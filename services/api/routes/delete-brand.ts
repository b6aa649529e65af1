import * as z from 'zod';
import { deleteNamed } from '../../catalogue/brands-and-categories';
import { invalidateCatalogue } from '../../catalogue/invalidate';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';

export const deleteBrand = route({
  method: 'delete',
  path: '/api/v1/brands/{brandId}',
  operationId: 'deleteBrand',
  tag: 'Products',
  summary: 'Delete a brand that no product has',
  access: 'operator',
  limit: 'writes',
  params: z.object({ brandId: id }),
  answers: { 204: { description: 'Deleted' } },
  problems: ['not-found', 'in-use'],
  handle: async ({ params: { brandId } }, { database, cached }) => {
    const outcome = await deleteNamed(database.writer, 'brands', brandId);
    if (outcome !== 'deleted') throw new Problem(outcome);
    await invalidateCatalogue(cached, 'brand');
    return { status: 204 };
  },
});
