import * as z from 'zod';
import { deleteNamed } from '../../catalogue/brands-and-categories';
import { invalidateCatalogue } from '../../catalogue/invalidate';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';

export const deleteCategory = route({
  method: 'delete',
  path: '/api/v1/categories/{categoryId}',
  operationId: 'deleteCategory',
  tag: 'Products',
  summary: 'Delete a category that no product and no other category has',
  access: 'operator',
  limit: 'writes',
  params: z.object({ categoryId: id }),
  answers: { 204: { description: 'Deleted' } },
  problems: ['not-found', 'in-use'],
  handle: async ({ params: { categoryId } }, { database, cached }) => {
    const outcome = await deleteNamed(database.writer, 'categories', categoryId);
    if (outcome !== 'deleted') throw new Problem(outcome);
    await invalidateCatalogue(cached, 'category');
    return { status: 204 };
  },
});
