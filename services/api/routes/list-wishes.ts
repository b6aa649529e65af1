import * as z from 'zod';
import { route } from '../route';
import { mostWishes, wish, wishesOf } from '../wish';

const wishList = z.object({ items: z.array(wish).max(mostWishes) }).meta({ id: 'WishList' });

export const listWishes = route({
  method: 'get',
  path: '/api/v1/users/me/wishes',
  operationId: 'listWishes',
  tag: 'Notifications',
  summary: 'The user’s wish list, the last wish first',
  access: 'customer',
  limit: 'api',
  answers: { 200: { description: 'All of it', schema: wishList } },
  handle: async ({ user }, { database }) => ({ status: 200, body: { items: await wishesOf(database, user.id) } }),
});
