import * as z from 'zod';
import { cacheTimes } from '../../cache-aside/cache-times';
import { brandsTag, categoriesTag, productListTag } from '../../cache-aside/product-tags';
import { documentRoute } from '../document-route';
import { type ProductRow, productColumns, productOf, productSummary } from '../product';

/** Assumption: more than a shop announces. */
const mostDrops = 100;

const drops = z.object({ items: z.array(productSummary) }).meta({ id: 'Drops' });

/** Seconds, as the list of products [growth-plan]. */
const atTheCdn = { fresh: 300, stale: 600 } as const;

export const listDrops = documentRoute({
  path: '/api/v1/drops',
  operationId: 'listDrops',
  tag: 'Catalogue',
  summary: `Products that will be released, the next one first; ${mostDrops} at the most`,
  limit: 'api',
  answers: { 200: { description: 'The drops; nobody keeps them beyond the next release', schema: drops } },
  cacheControl: cachedUntil(Infinity),
  cacheKey: () => 'drops',
  ttlSeconds: cacheTimes.productList,
  load: async (_asked, { database }) => {
    const { rows } = await database.read<ProductRow & { readonly secondsLeft: number }>(
      `select ${productColumns}, extract(epoch from products.release_at - now())::float8 as "secondsLeft"
         from (select * from products where is_available and release_at > now() order by release_at, id limit ${mostDrops}) as products
         join brands on brands.id = products.brand_id
        order by products.release_at, products.id`,
    );
    const [next] = rows;
    const body: z.input<typeof drops> = { items: rows.map(productOf) };
    return { body, tags: [productListTag, brandsTag, categoriesTag], ...(next && { ttlSeconds: next.secondsLeft }) };
  },
  headers: (json) => ({ 'cache-control': cachedUntil(nextRelease(json)) }),
});

/** ms since 1970. */
function nextRelease(json: string): number {
  const [next] = drops.parse(JSON.parse(json)).items;
  return next?.releaseAt ? Date.parse(next.releaseAt) : Infinity;
}

/** Not beyond a moment, in ms since 1970. */
function cachedUntil(end: number): string {
  const left = Math.max(0, Math.floor((end - Date.now()) / 1000));
  const fresh = Math.min(atTheCdn.fresh, left);
  return `public, s-maxage=${fresh}, stale-while-revalidate=${Math.min(atTheCdn.stale, left - fresh)}`;
}
