import * as z from 'zod';
import { cacheTimes } from '../../cache-aside/cache-times';
import { brandsTag, categoriesTag, productTag } from '../../cache-aside/product-tags';
import { documentRoute } from '../document-route';
import type { ServedRow } from '../picture';
import { type ProductRow, picturesColumn, picturesOf, product, productColumns, productOf } from '../product';
import { idOrSlug, isId } from '../schemas';

type Row = ProductRow &
  Pick<z.input<typeof product>, 'description' | 'keywords' | 'attributes'> & { readonly pictures: readonly ServedRow[] };

export const getProduct = documentRoute({
  path: '/api/v1/products/{productId}',
  operationId: 'getProduct',
  tag: 'Catalogue',
  summary: 'One product, by its id or its slug',
  limit: 'api',
  params: z.object({ productId: idOrSlug }),
  answers: { 200: { description: 'The product', schema: product } },
  problems: ['not-found'],
  cacheControl: 'public, s-maxage=1800, stale-while-revalidate=3600', // [growth-plan]
  cacheKey: ({ params: { productId } }) => `product:${productId}`,
  ttlSeconds: cacheTimes.product,
  load: async ({ params: { productId } }, { database }) => {
    const { rows } = await database.read<Row>(
      `select ${productColumns}, products.description, products.keywords, products.attributes, ${picturesColumn}
         from products
         join brands on brands.id = products.brand_id
        where products.${isId(productId) ? 'id' : 'slug'} = $1 and products.is_available`,
      [productId],
    );
    const [row] = rows;
    if (!row) return undefined;
    const { description, keywords, attributes } = row;
    const body: z.input<typeof product> = { ...productOf(row), description, keywords, attributes, pictures: picturesOf(row) };
    return { body, tags: [productTag(row.id), brandsTag, categoriesTag] };
  },
});
