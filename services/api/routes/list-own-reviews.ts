import * as z from 'zod';
import { cursorOf, cursorText, microseconds, nextCursor, pageOf, placeForms, timeOf } from '../cursor';
import { type OwnReviewRow, ownReview, ownReviewColumns, ownReviewOf } from '../review';
import { route } from '../route';
import { pageLimit } from '../schemas';

const page = z.object({ items: z.array(ownReview), nextCursor }).meta({ id: 'OwnReviewPage' });

export const listOwnReviews = route({
  method: 'get',
  path: '/api/v1/users/me/reviews',
  operationId: 'listOwnReviews',
  tag: 'Reviews',
  summary: 'What the user wrote, hidden reviews too, the newest first',
  access: 'customer',
  limit: 'api',
  query: z.object({ limit: pageLimit, cursor: cursorOf({ newest: placeForms.time }).optional().meta(cursorText) }),
  answers: { 200: { description: 'A page of reviews', schema: page } },
  handle: async ({ query: { limit, cursor }, user }, { database }) => {
    // Of the primary: a replica may not have one of a moment ago.
    const { rows } = await database.writer.query<OwnReviewRow & { readonly place: string }>(
      `select ${ownReviewColumns()}, ${microseconds('created_at')}::text as place
         from reviews
        where user_id = $1 ${cursor === undefined ? '' : `and (created_at, id) < (${timeOf('$3')}, $4::uuid)`}
        order by created_at desc, id desc limit $2`,
      [user.id, limit + 1, ...(cursor === undefined ? [] : [cursor.by, cursor.id])],
    );
    const { items, nextCursor: next } = pageOf(rows, limit, 'newest');
    return { status: 200, body: { items: items.map(ownReviewOf), nextCursor: next } };
  },
});
