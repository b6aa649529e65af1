import * as z from 'zod';
import { hideOrShowReview } from '../hidden-review';
import { managedReview } from '../review';
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
  handle: async ({ params: { reviewId }, user, requestId }, parts) => {
    const body = await hideOrShowReview({ reviewId, reason: null }, parts);
    parts.log.info('An operator showed a review', { requestId, reviewId, userId: user.id });
    return { status: 200, body };
  },
});
