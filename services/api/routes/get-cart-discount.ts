import * as z from 'zod';
import { discountOfCart } from '../../orders/discount-codes';
import { Problem } from '../problem';
import { route } from '../route';
import { discountCode, money, totalMinor } from '../schemas';

const cartDiscount = z
  .object({
    code: discountCode,
    amount: money,
    total: money.extend({ amountMinor: totalMinor }).meta({ description: 'What a check-out with this code takes' }),
  })
  .meta({ id: 'CartDiscount' });

export const getCartDiscount = route({
  method: 'get',
  path: '/api/v1/cart/discounts/{discountCode}',
  operationId: 'getCartDiscount',
  tag: 'Cart',
  summary: 'What a discount code takes off the cart; nothing is used up by asking',
  access: 'customer',
  limit: 'writes', // fewer than 'api': whoever guesses codes asks here
  params: z.object({ discountCode }),
  answers: { 200: { description: 'The discount', schema: cartDiscount } },
  problems: ['cart-empty', 'mixed-currencies', 'discount-refused'],
  handle: async ({ user, params: { discountCode: code } }, { database }) => {
    const result = await discountOfCart(database.writer, user.id, code);
    if ('refusal' in result) throw new Problem(result.outcome, { members: { reason: result.refusal } });
    if (result.outcome !== 'taken') throw new Problem(result.outcome);
    const { discountMinor, totalMinor: left, currency } = result;
    return {
      status: 200,
      body: { code, amount: { amountMinor: discountMinor, currency }, total: { amountMinor: left, currency } },
    };
  },
});
