import * as z from 'zod';
import { productTag } from '../../cache-aside/product-tags';
import { takeGuestCart as take } from '../../orders/guest-cart';
import { refusals } from '../../orders/reserve';
import { clearedGuestCookie, guestHashOf } from '../guest-cart';
import { route } from '../route';
import { id } from '../schemas';

const taken = z
  .object({
    taken: z.int().min(0).meta({ description: 'Products that are in the customer’s cart now' }),
    left: z.array(z.object({ productId: id, reason: z.enum([...refusals, 'not-found']) })).meta({
      description: 'What stays in the guest cart, and why; the reasons are those of `PUT /api/v1/cart/items/{productId}`',
    }),
  })
  .meta({ id: 'TakenGuestCart' });

export const takeGuestCart = route({
  method: 'post',
  path: '/api/v1/cart/guest-items',
  operationId: 'takeGuestCart',
  tag: 'Guest cart',
  summary: 'After a log-in: reserve what this browser’s guest cart has, at today’s prices',
  access: 'customer',
  limit: 'writes',
  answers: { 200: { description: 'What was taken; the guest cart’s cookie goes with its last product', schema: taken } },
  handle: async ({ guestToken, user, requestId }, { database, cached, log }) => {
    const tokenHash = guestHashOf(guestToken());
    if (tokenHash === undefined) return { status: 200, body: { taken: 0, left: [] } };
    const items = await take(database.writer, tokenHash, user.id);
    await cached.invalidate(items.filter((item) => item.availabilityChanged).map((item) => productTag(item.productId)));
    const left = items.flatMap(({ productId, refusal }) => (refusal === null ? [] : [{ productId, reason: refusal }]));
    const body: z.input<typeof taken> = { taken: items.length - left.length, left };
    if (items.length > 0)
      log.info('A log-in took a guest cart over', { requestId, userId: user.id, items: items.length, left: left.length });
    return { status: 200, body, ...(left.length === 0 && { headers: { 'set-cookie': clearedGuestCookie } }) };
  },
});
