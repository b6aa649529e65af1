import * as z from 'zod';
import { changeDiscountCode as change } from '../../orders/discount-codes';
import { discountCode, discountCodeChange, discountCodeOf } from '../discount';
import { endsFirst, Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';

export const changeDiscountCode = route({
  method: 'patch',
  path: '/api/v1/discount-codes/{discountCodeId}',
  operationId: 'changeDiscountCode',
  tag: 'Orders',
  summary: 'Change when and how often a discount code may be used; an end that has come ends it',
  access: 'operator',
  limit: 'writes',
  params: z.object({ discountCodeId: id }),
  body: discountCodeChange,
  answers: { 200: { description: 'The code as it is now', schema: discountCode } },
  problems: ['not-found'],
  handle: async ({ params: { discountCodeId }, body }, { database, log }) => {
    const changed = await change(database.writer, discountCodeId, body);
    if (changed === undefined) throw new Problem('not-found');
    if (changed === 'ends-first') throw endsFirst();
    log.info('An operator changed a discount code', { discountCodeId });
    return { status: 200, body: discountCodeOf(changed) };
  },
});
