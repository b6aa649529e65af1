import * as z from 'zod';
import { cacheTimes } from '../../cache-aside/cache-times';
import { categoriesTag } from '../../cache-aside/product-tags';
import { columnsOf } from '../../catalogue/brands-and-categories';
import { category } from '../category';
import { documentRoute } from '../document-route';

const categories = z.object({ items: z.array(category) });

export const listCategories = documentRoute({
  path: '/api/v1/categories',
  operationId: 'listCategories',
  tag: 'Catalogue',
  summary: 'All categories, by name',
  limit: 'api',
  answers: { 200: { description: 'The categories', schema: categories } },
  cacheControl: 'public, s-maxage=300, stale-while-revalidate=600', // as the list of products [growth-plan]
  cacheKey: () => 'categories',
  ttlSeconds: cacheTimes.categories,
  load: async (_asked, { database }) => {
    const { rows } = await database.read<z.input<typeof category>>(
      `select ${columnsOf.categories} from categories order by name, id`,
      [],
    );
    const body: z.input<typeof categories> = { items: rows };
    return { body, tags: [categoriesTag] };
  },
});
