import * as z from 'zod';
import { cacheTimes } from '../../cache-aside/cache-times';
import { brandsTag } from '../../cache-aside/product-tags';
import { columnsOf } from '../../catalogue/brands-and-categories';
import { brand } from '../brand';
import { documentRoute } from '../document-route';

const brands = z.object({ items: z.array(brand) });

export const listBrands = documentRoute({
  path: '/api/v1/brands',
  operationId: 'listBrands',
  tag: 'Catalogue',
  summary: 'All brands, by name',
  limit: 'api',
  answers: { 200: { description: 'The brands', schema: brands } },
  cacheControl: 'public, s-maxage=300, stale-while-revalidate=600', // as the list of products [growth-plan]
  cacheKey: () => 'brands',
  ttlSeconds: cacheTimes.categories,
  load: async (_asked, { database }) => {
    const { rows } = await database.read<z.input<typeof brand>>(`select ${columnsOf.brands} from brands order by name, id`, []);
    const body: z.input<typeof brands> = { items: rows };
    return { body, tags: [brandsTag] };
  },
});
