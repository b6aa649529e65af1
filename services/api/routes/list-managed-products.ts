import * as z from 'zod';
import { plainText, slug } from '../../runtime/forms';
import { cursorOf, cursorText, nextCursor, pageOf } from '../cursor';
import { managedProducts, managedSummaryForm, productStates } from '../managed-product';
import { searchWords } from '../product-list';
import { route } from '../route';
import { pageLimit } from '../schemas';

const page = z.object({ items: z.array(managedSummaryForm), nextCursor }).meta({ id: 'ManagedProductPage' });

export const listManagedProducts = route({
  method: 'get',
  path: '/api/v1/operations/products',
  operationId: 'listManagedProducts',
  tag: 'Products',
  summary: 'All products for operators, the newest first, with their units; hidden and archived ones, too',
  access: 'operator',
  limit: 'api',
  query: z.object({
    state: z.enum(productStates).optional().meta({ description: '`hidden` are neither available nor archived' }),
    brand: slug.optional().meta({ description: 'Slug of a brand' }),
    search: plainText(100).min(1).overwrite(searchWords).optional().meta({ description: 'As in the list for customers' }),
    limit: pageLimit,
    cursor: cursorOf({ newest: /^$/ }).optional().meta(cursorText),
  }),
  answers: { 200: { description: 'A page of products', schema: page } },
  handle: async ({ query: { cursor, limit, ...asked } }, { database }) => {
    const found = await managedProducts(database.writer, { ...asked, after: cursor?.id, rows: limit + 1 });
    return { status: 200, body: pageOf(found, limit, 'newest') };
  },
});
