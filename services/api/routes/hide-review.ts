import * as z from 'zod';
import { productTag } from '../../cache-aside/product-tags';
import { Problem } from '../problem';
import { hidingFields, type ManagedReviewRow, managedReview, managedReviewColumns, managedReviewOf } from '../review';
import { route } from '../route';
import { id } from '../schemas';

export const hideReview = route({
  method: 'post',
  path: '/api/v1/reviews/{reviewId}/hide',
  operationId: 'hideReview',
  tag: 'Reviews',
  summary: 'Hide a review: its author and operators alone see it, and it counts no more',
  access: 'operator',
  limit: 'writes',
  params: z.object({ reviewId: id }),
  body: hidingFields,
  answers: { 200: { description: 'Hidden, now or before, for this reason', schema: managedReview } },
  problems: ['not-found'],
  handle: async ({ params: { reviewId }, body: { reason }, user, requestId }, { database, cached, log }) => {
    const { rows } = await database.writer.query<ManagedReviewRow>(
      `update reviews set hidden_at = coalesce(hidden_at, now()), hidden_reason = $2
         from users where reviews.id = $1 and users.id = reviews.user_id returning ${managedReviewColumns}`,
      [reviewId, reason],
    );
    const [row] = rows;
    if (!row) throw new Problem('not-found');
    log.info('An operator hid a review', { requestId, reviewId, userId: user.id });
    await cached.invalidate([productTag(row.productId)]);
    return { status: 200, body: managedReviewOf(row) };
  },
});
