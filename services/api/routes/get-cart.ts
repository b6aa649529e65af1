import { cart, cartOf } from '../cart';
import { route } from '../route';

export const getCart = route({
  method: 'get',
  path: '/api/v1/cart',
  operationId: 'getCart',
  tag: 'Cart',
  summary: 'What the user has reserved',
  access: 'customer',
  limit: 'api',
  answers: { 200: { description: 'The cart', schema: cart } },
  handle: async ({ user }, { database }) => ({ status: 200, body: await cartOf(database.writer, user.id) }),
});
