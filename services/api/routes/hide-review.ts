import * as z from 'zod';
import { hideOrShowReview } from '../hidden-review';
import { hidingFields, managedReview } from '../review';
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
  handle: async ({ params: { reviewId }, body: { reason }, user, requestId }, parts) => {
    const body = await hideOrShowReview({ reviewId, reason }, parts);
    parts.log.info('An operator hid a review', { requestId, reviewId, userId: user.id });
    return { status: 200, body };
  },
});
