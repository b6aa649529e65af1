import { createDiscountCode as create, type DiscountCode, isEndsFirst } from '../../orders/discount-codes';
import { discountCode, discountCodeOf, newDiscountCode } from '../discount';
import { endsFirst, Problem } from '../problem';
import { route } from '../route';

export const createDiscountCode = route({
  method: 'post',
  path: '/api/v1/discount-codes',
  operationId: 'createDiscountCode',
  tag: 'Orders',
  summary: 'Make a code that takes something off a customer’s whole cart',
  access: 'operator',
  limit: 'writes',
  body: newDiscountCode,
  answers: { 201: { description: 'Made', schema: discountCode } },
  problems: ['code-taken'],
  handle: async ({ body: given }, { database, log }) => {
    const { amount } = given;
    const made = await create(database.writer, {
      code: given.code,
      percent: given.percent ?? null,
      amountMinor: amount?.amountMinor ?? null,
      currency: amount?.currency ?? null,
      minimumMinor: given.minimumMinor ?? (amount?.amountMinor ?? 0) + 1,
      startsAt: given.startsAt ?? null,
      endsAt: given.endsAt ?? null,
      mostUses: given.mostUses ?? null,
      mostPerCustomer: given.mostPerCustomer ?? null,
    }).catch((error: unknown): DiscountCode => {
      throw isEndsFirst(error) ? endsFirst() : error;
    });
    if (!made) throw new Problem('code-taken');
    log.info('An operator made a discount code', { discountCodeId: made.id });
    return { status: 201, body: discountCodeOf(made) };
  },
});
