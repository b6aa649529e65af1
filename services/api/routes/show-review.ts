import * as z from 'zod';
import { productTag } from '../../cache-aside/product-tags';
import { Problem } from '../problem';
import { type ManagedReviewRow, managedReview, managedReviewColumns, managedReviewOf } from '../review';
import { route } from '../route';
import { id } from '../schemas';

export const showReview = route({
  method: 'post',
  path: '/api/v1/reviews/{reviewId}/show',
  operationId: 'showReview',
  tag: 'Reviews',
  summary: 'Show a review again that was hidden',
  access: 'operator',
  limit: 'writes',
  params: z.object({ reviewId: id }),
  answers: { 200: { description: 'Shown, now or before', schema: managedReview } },
  problems: ['not-found'],
  handle: async ({ params: { reviewId }, user, requestId }, { database, cached, log }) => {
    const { rows } = await database.writer.query<ManagedReviewRow>(
      `update reviews set hidden_at = null, hidden_reason = null
         from users where reviews.id = $1 and users.id = reviews.user_id returning ${managedReviewColumns}`,
      [reviewId],
    );
    const [row] = rows;
    if (!row) throw new Problem('not-found');
    log.info('An operator showed a review', { requestId, reviewId, userId: user.id });
    await cached.invalidate([productTag(row.productId)]);
    return { status: 200, body: managedReviewOf(row) };
  },
});
