import * as z from 'zod';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';
import { mostWishes, wish, wishesOf } from '../wish';

export const putWish = route({
  method: 'put',
  path: '/api/v1/users/me/wishes/{productId}',
  operationId: 'putWish',
  tag: 'Notifications',
  summary: 'Put a product on the wish list: once it was sold out and can be bought again, the user is told',
  access: 'customer',
  limit: 'writes',
  params: z.object({ productId: id }),
  answers: { 200: { description: 'It is on the list, now or before', schema: wish } },
  problems: ['not-found', 'wish-list-full'],
  handle: async ({ user, params: { productId } }, { database }) => {
    const { rows } = await database.writer.query<{ outcome: 'wished' | 'not-found' | 'wish-list-full' | null }>(
      'select wish_for($1, $2, $3) as outcome',
      [user.id, productId, mostWishes],
    );
    const outcome = rows[0]?.outcome ?? 'log-in-required'; // gone since the session was cached
    if (outcome !== 'wished') throw new Problem(outcome);
    const [body] = await wishesOf(database, user.id, productId);
    if (!body) throw new Problem('not-found'); // taken off the list in the meantime
    return { status: 200, body };
  },
});
