import { brandFields, createNamed } from '../../catalogue/brands-and-categories';
import { brand } from '../brand';
import { answerOfWritten } from '../catalogue-write';
import { route } from '../route';

export const createBrand = route({
  method: 'post',
  path: '/api/v1/brands',
  operationId: 'createBrand',
  tag: 'Products',
  summary: 'A new brand',
  access: 'operator',
  limit: 'writes',
  body: brandFields,
  answers: { 201: { description: 'Created', schema: brand } },
  problems: ['slug-taken'],
  handle: async ({ body }, parts) => {
    const row = await answerOfWritten(await createNamed(parts.database.writer, 'brands', body), 'brand', parts);
    return { status: 201, body: row };
  },
});
