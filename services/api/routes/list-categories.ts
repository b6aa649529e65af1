import * as z from 'zod';
import { cacheTimes } from '../../cache-aside/cache-times';
import { cachedJson } from '../cached-json';
import { route } from '../route';
import { id, named } from '../schemas';

const category = named.extend({ parentId: id.nullable() }).meta({ id: 'Category' });
const categories = z.object({ items: z.array(category) });

export const listCategories = route({
  method: 'get',
  path: '/api/v1/categories',
  operationId: 'listCategories',
  tag: 'Catalogue',
  summary: 'All categories, by name',
  access: 'anyone',
  limit: 'api',
  answers: { 200: { description: 'The categories', schema: categories } },
  cacheControl: 'public, s-maxage=300, stale-while-revalidate=600', // as the list of products [growth-plan]
  handle: async (_request, { cached, database }) => {
    const document = await cachedJson(cached, 'categories', { ttlSeconds: cacheTimes.categories }, async () => {
      const { rows } = await database.read<z.input<typeof category>>(
        'select id, slug, name, parent_id as "parentId" from categories order by name, id',
        [],
      );
      const body: z.input<typeof categories> = { items: rows };
      return { body, tags: ['categories'] };
    });
    return { status: 200, ...(document && { cached: document }) };
  },
});
