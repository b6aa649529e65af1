import * as z from 'zod';
import { cacheTimes } from '../../cache-aside/cache-times';
import { productTag } from '../../cache-aside/product-tags';
import { cachedJson } from '../cached-json';
import { Problem } from '../problem';
import { type ProductRow, product, productColumns, productOf } from '../product';
import { route } from '../route';
import { id } from '../schemas';

export const getProduct = route({
  method: 'get',
  path: '/api/v1/products/{productId}',
  operationId: 'getProduct',
  tag: 'Catalogue',
  summary: 'One product',
  access: 'anyone',
  limit: 'api',
  params: z.object({ productId: id }),
  answers: { 200: { description: 'The product', schema: product } },
  problems: ['not-found'],
  cacheControl: 'public, s-maxage=1800, stale-while-revalidate=3600', // [growth-plan]
  handle: async ({ params: { productId } }, { cached, database }) => {
    const document = await cachedJson(cached, `product:${productId}`, { ttlSeconds: cacheTimes.product }, async () => {
      const { rows } = await database.read<ProductRow & { description: string; attributes: Record<string, unknown> }>(
        `select ${productColumns}, products.description, products.attributes
           from products
           join brands on brands.id = products.brand_id
           join categories on categories.id = products.category_id
          where products.id = $1 and products.is_available`,
        [productId],
      );
      const [row] = rows;
      if (!row) return undefined;
      const body: z.input<typeof product> = { ...productOf(row), description: row.description, attributes: row.attributes };
      return { body, tags: [productTag(productId)] };
    });
    if (!document) throw new Problem('not-found');
    return { status: 200, cached: document };
  },
});
