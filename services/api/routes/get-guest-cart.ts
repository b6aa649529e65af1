import { guestCart, guestCartOf } from '../guest-cart';
import { route } from '../route';

export const getGuestCart = route({
  method: 'get',
  path: '/api/v1/guest-cart',
  operationId: 'getGuestCart',
  tag: 'Guest cart',
  summary: 'What this browser keeps without a log-in; nothing of it is reserved',
  access: 'anyone',
  limit: 'api',
  answers: { 200: { description: 'The cart; an empty one without the cookie', schema: guestCart } },
  handle: async ({ guestToken }, { database }) => ({ status: 200, body: await guestCartOf(database, guestToken()) }),
});
