import * as z from 'zod';
import { makeToken } from '../../accounts/token';
import { beginGuestCart, type PutGuestItem, putGuestItem } from '../../orders/guest-cart';
import { time } from '../../runtime/forms';
import { guestCookieOf, guestHashOf } from '../guest-cart';
import { Problem } from '../problem';
import { type Answer, route } from '../route';
import { id, quantity } from '../schemas';
import { tooMany } from '../too-many';

const guestItem = z
  .object({ productId: id, quantity, expiresAt: time.meta({ description: 'UTC; the cart is forgotten then' }) })
  .meta({ id: 'GuestCartItem' });

export const putGuestCartItem = route({
  method: 'put',
  path: '/api/v1/guest-cart/items/{productId}',
  operationId: 'putGuestCartItem',
  tag: 'Guest cart',
  summary: 'Set the quantity of a product in the cart of this browser, which begins with its first',
  access: 'anyone',
  limit: 'writes',
  params: z.object({ productId: id }),
  body: z.strictObject({ quantity: quantity.meta({ example: 1 }) }),
  answers: {
    200: { description: 'It is in the cart; not reserved', schema: guestItem, headers: { 'set-cookie': 'The cart’s cookie' } },
  },
  problems: ['not-found', 'cart-full'],
  handle: async ({ params: { productId }, body: { quantity: units }, guestToken, viewer }, { database, rateLimits }) => {
    const known = guestHashOf(guestToken());
    const item = { productId, quantity: units };
    const changed = known && (await putGuestItem(database.writer, { ...item, tokenHash: known }));
    if (changed) return answerOf(item, changed, guestToken() ?? '');
    const consumed = await rateLimits.consume('guestCarts', viewer);
    if (!consumed.allowed) throw tooMany('too-many-requests', consumed);
    const { token, hash } = makeToken(); // never the one that came: somebody else may have put it there
    return answerOf(item, await beginGuestCart(database.writer, { ...item, tokenHash: hash }), token);
  },
});

type Item = z.input<typeof guestItem>;

function answerOf(item: Omit<Item, 'expiresAt'>, put: PutGuestItem, token: string): Answer {
  if (put.outcome !== 'put') throw new Problem(put.outcome);
  const body: Item = { ...item, expiresAt: put.expiresAt.toISOString() };
  return { status: 200, body, headers: { 'set-cookie': guestCookieOf(token, put.expiresAt) } };
}
