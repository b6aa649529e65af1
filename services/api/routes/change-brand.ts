import * as z from 'zod';
import { brandChanges, changeNamed } from '../../catalogue/brands-and-categories';
import { brand } from '../brand';
import { answerOfWritten } from '../catalogue-write';
import { route } from '../route';
import { id } from '../schemas';

export const changeBrand = route({
  method: 'patch',
  path: '/api/v1/brands/{brandId}',
  operationId: 'changeBrand',
  tag: 'Products',
  summary: 'Change what is given of a brand',
  access: 'operator',
  limit: 'writes',
  params: z.object({ brandId: id }),
  body: brandChanges,
  answers: { 200: { description: 'As it is now', schema: brand } },
  problems: ['not-found', 'slug-taken'],
  handle: async ({ params: { brandId }, body }, parts) => {
    const written = await changeNamed(parts.database.writer, 'brands', brandId, body);
    return { status: 200, body: await answerOfWritten(written, 'brand', parts) };
  },
});
