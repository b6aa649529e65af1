import * as z from 'zod';
import { cacheTimes } from '../../cache-aside/cache-times';
import { brandsTag, categoriesTag, productListTag } from '../../cache-aside/product-tags';
import { plainText, slug } from '../../runtime/forms';
import { cursorOf, cursorText, nextCursor, pageOf } from '../cursor';
import { documentRoute } from '../document-route';
import { Problem } from '../problem';
import { type ProductRow, productOf, productSummary } from '../product';
import {
  type ProductSort,
  prefixWords,
  productCountQuery,
  productListQuery,
  productPlaces,
  productSorts,
  searchWords,
} from '../product-list';
import { pageLimit, queryBoolean, queryInteger, queryMinorUnits } from '../schemas';

const query = z.object({
  brand: slug.optional().meta({ description: 'Slug of a brand', example: 'brand-07' }),
  category: slug.optional().meta({ description: 'Slug of a category', example: 'shoes' }),
  featured: queryBoolean.optional().meta({ description: 'Featured products, or all others' }),
  minPriceMinor: queryMinorUnits.optional().meta({ description: 'In the currency’s smallest unit', example: 1000 }),
  maxPriceMinor: queryMinorUnits.optional().meta({ description: 'In the currency’s smallest unit', example: 5000 }),
  search: plainText(100)
    .min(1)
    .overwrite(searchWords)
    .optional()
    .meta({ description: 'Words of the title, the keywords or the description', example: 'wool scarf' }),
  prefix: plainText(100).min(1).overwrite(prefixWords).optional().meta({
    description: 'Instead of a search: what somebody is typing; words of the title and the keywords, the last one unfinished',
    example: 'wool sca',
  }),
  sort: z.enum(productSorts).optional().meta({
    description: '`featured` ones first, then the newest: by default with `prefix`; `relevance` in a search; otherwise `newest`',
  }),
  limit: pageLimit,
  cursor: cursorOf(productPlaces).optional().meta(cursorText),
  page: queryInteger(1, 100).optional().meta({ description: 'Instead of a cursor: the number of the page, counted from 1' }),
});
type Query = z.output<typeof query>;

const page = z
  .object({
    items: z.array(productSummary),
    nextCursor,
    total: z
      .int()
      .optional()
      .meta({ description: 'How many products there are; this and the next three only where `page` was asked for' }),
    totalPages: z.int().optional(),
    hasNext: z.boolean().optional().meta({ description: 'After page 100 go on by `nextCursor`' }),
    hasPrev: z.boolean().optional(),
  })
  .meta({ id: 'ProductPage' });

export const listProducts = documentRoute({
  path: '/api/v1/products',
  operationId: 'listProducts',
  tag: 'Catalogue',
  summary: 'Products that can be bought, filtered, searched and sorted',
  limit: 'api',
  query,
  answers: { 200: { description: 'A page of products', schema: page } },
  cacheControl: 'public, s-maxage=300, stale-while-revalidate=600', // [growth-plan]
  cacheKey: ({ query: asked }) => {
    const sort = sortOf(asked);
    refuseContradictions(asked, sort);
    return `products:${JSON.stringify({ ...asked, sort })}`;
  },
  ttlSeconds: cacheTimes.productList,
  load: async ({ query: asked }, { database }) => {
    const sort = sortOf(asked);
    const skip = asked.page === undefined ? 0 : (asked.page - 1) * asked.limit;
    const list = productListQuery({ ...asked, sort, after: asked.cursor, skip, rows: asked.limit + 1 });
    const { rows } = await database.read<ProductRow & { readonly place: string }>(list.text, list.values);
    const { items, nextCursor: next } = pageOf(rows, asked.limit, sort);
    const body: z.input<typeof page> = { items: items.map(productOf), nextCursor: next };
    if (asked.page !== undefined) {
      const count = productCountQuery(asked);
      const total = (await database.read<{ total: number }>(count.text, count.values)).rows[0]?.total ?? 0;
      const totalPages = Math.ceil(total / asked.limit);
      Object.assign(body, { total, totalPages, hasNext: asked.page < totalPages, hasPrev: asked.page > 1 });
    }
    return { body, tags: [productListTag, brandsTag, categoriesTag] };
  },
});

/** Somebody who types has matches by the thousand at first: their order comes from an index, the best match would read them all. */
function sortOf({ sort, search, prefix }: Query): ProductSort {
  if (sort !== undefined) return sort;
  if (search !== undefined) return 'relevance';
  return prefix === undefined ? 'newest' : 'featured';
}

function refuseContradictions({ cursor, page: number, search, prefix }: Query, sort: ProductSort): void {
  if (search !== undefined && prefix !== undefined) throw invalid('prefix', 'cannot be combined with a search');
  if (cursor !== undefined && number !== undefined) throw invalid('page', 'cannot be combined with a cursor');
  if (cursor !== undefined && cursor.sort !== sort)
    throw invalid('cursor', `is of a list that is sorted otherwise: ${cursor.sort}`);
  if (sort === 'relevance' && search === undefined) throw invalid('sort', 'by relevance needs a search');
}

const invalid = (path: string, message: string) => new Problem('invalid-request', { errors: [{ in: 'query', path, message }] });
