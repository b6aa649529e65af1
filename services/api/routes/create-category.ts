import { categoryFields, createNamed } from '../../catalogue/brands-and-categories';
import { answerOfWritten } from '../catalogue-write';
import { category } from '../category';
import { route } from '../route';

export const createCategory = route({
  method: 'post',
  path: '/api/v1/categories',
  operationId: 'createCategory',
  tag: 'Products',
  summary: 'A new category',
  access: 'operator',
  limit: 'writes',
  body: categoryFields,
  answers: { 201: { description: 'Created', schema: category } },
  problems: ['slug-taken', 'unknown-reference'],
  handle: async ({ body }, parts) => {
    const row = await answerOfWritten(await createNamed(parts.database.writer, 'categories', body), 'category', parts);
    return { status: 201, body: row };
  },
});
