import * as z from 'zod';
import { cursorOf, cursorText, microseconds, nextCursor, pageOf, placeForms, timeOf } from '../cursor';
import { type ManagedReviewRow, managedReview, managedReviewColumns, managedReviewOf } from '../review';
import { route } from '../route';
import { pageLimit } from '../schemas';

const page = z.object({ items: z.array(managedReview), nextCursor }).meta({ id: 'ManagedReviewPage' });

const conditionOf = { shown: 'hidden_at is null', hidden: 'hidden_at is not null' } as const;

export const listManagedReviews = route({
  method: 'get',
  path: '/api/v1/operations/reviews',
  operationId: 'listManagedReviews',
  tag: 'Reviews',
  summary: 'Reviews of all products, the one first that was written or changed last',
  access: 'operator',
  limit: 'api',
  query: z.object({
    state: z.enum(['shown', 'hidden']).optional().meta({ description: 'All without it' }),
    limit: pageLimit,
    cursor: cursorOf({ changed: placeForms.time }).optional().meta(cursorText),
  }),
  answers: { 200: { description: 'A page of reviews', schema: page } },
  handle: async ({ query: { state, limit, cursor } }, { database }) => {
    const conditions = [
      ...(state === undefined ? [] : [conditionOf[state]]),
      ...(cursor === undefined ? [] : [`(updated_at, id) < (${timeOf('$2')}, $3::uuid)`]),
    ];
    const { rows } = await database.writer.query<ManagedReviewRow & { readonly place: string }>(
      `select ${managedReviewColumns}, ${microseconds('reviews.updated_at')}::text as place
         from (select * from reviews ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
                order by updated_at desc, id desc limit $1) as reviews
         join users on users.id = reviews.user_id
        order by reviews.updated_at desc, reviews.id desc`,
      [limit + 1, ...(cursor === undefined ? [] : [cursor.by, cursor.id])],
    );
    const { items, nextCursor: next } = pageOf(rows, limit, 'changed');
    return { status: 200, body: { items: items.map(managedReviewOf), nextCursor: next } };
  },
});
