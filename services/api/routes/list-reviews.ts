import * as z from 'zod';
import { cacheTimes } from '../../cache-aside/cache-times';
import { productTag } from '../../cache-aside/product-tags';
import { cursorOf, cursorText, microseconds, nextCursor, pageOf, placeForms, timeOf } from '../cursor';
import { documentRoute } from '../document-route';
import { type ReviewRow, review, reviewColumns, reviewOf } from '../review';
import { id, pageLimit } from '../schemas';

const page = z.object({ items: z.array(review), nextCursor }).meta({ id: 'ReviewPage' });

export const listReviews = documentRoute({
  path: '/api/v1/products/{productId}/reviews',
  operationId: 'listReviews',
  tag: 'Reviews',
  summary: 'What customers who bought a product say of it, the newest review first; average and count are in the product',
  limit: 'api',
  params: z.object({ productId: id }),
  query: z.object({ limit: pageLimit, cursor: cursorOf({ newest: placeForms.time }).optional().meta(cursorText) }),
  answers: { 200: { description: 'A page of reviews', schema: page } },
  problems: ['not-found'],
  cacheControl: 'public, s-maxage=300, stale-while-revalidate=600', // as the list of products
  cacheKey: ({ params: { productId }, query: { limit, cursor } }) =>
    `reviews:${productId}:${limit}:${cursor ? `${cursor.by}:${cursor.id}` : ''}`,
  ttlSeconds: cacheTimes.productList,
  load: async ({ params: { productId }, query: { limit, cursor } }, { database }) => {
    const { rows } = await database.read<ReviewRow & { readonly place: string }>(
      `select ${reviewColumns()}, users.name, ${microseconds('reviews.created_at')}::text as place
         from (select * from reviews
                where product_id = $1 and hidden_at is null and exists (select from products where id = $1 and is_available)
                  ${cursor === undefined ? '' : `and (created_at, id) < (${timeOf('$3')}, $4::uuid)`}
                order by created_at desc, id desc limit $2) as reviews
         join users on users.id = reviews.user_id
        order by reviews.created_at desc, reviews.id desc`,
      [productId, limit + 1, ...(cursor === undefined ? [] : [cursor.by, cursor.id])],
    );
    if (rows.length === 0) {
      const { rowCount } = await database.read('select from products where id = $1 and is_available', [productId]);
      if (rowCount === 0) return undefined;
    }
    const { items, nextCursor: next } = pageOf(rows, limit, 'newest');
    const body: z.input<typeof page> = { items: items.map(reviewOf), nextCursor: next };
    return { body, tags: [productTag(productId)] };
  },
});
