import * as z from 'zod';
import { categoryChanges, changeNamed } from '../../catalogue/brands-and-categories';
import { answerOfWritten } from '../catalogue-write';
import { category } from '../category';
import { route } from '../route';
import { id } from '../schemas';

export const changeCategory = route({
  method: 'patch',
  path: '/api/v1/categories/{categoryId}',
  operationId: 'changeCategory',
  tag: 'Products',
  summary: 'Change what is given of a category',
  access: 'operator',
  limit: 'writes',
  params: z.object({ categoryId: id }),
  body: categoryChanges,
  answers: { 200: { description: 'As it is now', schema: category } },
  problems: ['not-found', 'slug-taken', 'unknown-reference', 'category-cycle'],
  handle: async ({ params: { categoryId }, body }, parts) => {
    const written = await changeNamed(parts.database.writer, 'categories', categoryId, body);
    return { status: 200, body: await answerOfWritten(written, 'category', parts) };
  },
});
