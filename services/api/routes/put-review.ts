import * as z from 'zod';
import { productTag } from '../../cache-aside/product-tags';
import { Problem } from '../problem';
import { mostReviewsADay, type OwnReviewRow, ownReview, ownReviewColumns, ownReviewOf, reviewFields } from '../review';
import { route } from '../route';
import { id } from '../schemas';

interface Row extends OwnReviewRow {
  readonly outcome: 'written' | 'not-bought' | 'not-found' | 'too-many-reviews';
}

export const putReview = route({
  method: 'put',
  path: '/api/v1/products/{productId}/review',
  operationId: 'putReview',
  tag: 'Reviews',
  summary: 'Review a product that one has bought and that was shipped, or change one’s review of it',
  access: 'customer',
  limit: 'writes',
  params: z.object({ productId: id }),
  body: reviewFields,
  answers: { 200: { description: 'The review', schema: ownReview } },
  problems: ['not-found', 'not-bought', 'too-many-reviews'],
  handle: async ({ params: { productId }, body: { rating, title, text }, user }, { database, cached }) => {
    const { rows } = await database.writer.query<Row>(
      `select outcome, ${ownReviewColumns('(written)')} from write_review($1, $2, $3, $4, $5, $6)`,
      [user.id, productId, rating, title, text, mostReviewsADay],
    );
    const [row] = rows;
    if (row?.outcome !== 'written') throw new Problem(row?.outcome ?? 'log-in-required'); // gone since the session was cached
    await cached.invalidate([productTag(productId)]);
    return { status: 200, body: ownReviewOf(row) };
  },
});
