import * as z from 'zod';
import { type DiscountCode, discountCodeColumns } from '../../orders/discount-codes';
import { cursorOf, cursorText, microseconds, nextCursor, pageOf, placeForms, timeOf } from '../cursor';
import { discountCode, discountCodeOf } from '../discount';
import { route } from '../route';
import { pageLimit } from '../schemas';

const page = z.object({ items: z.array(discountCode), nextCursor }).meta({ id: 'DiscountCodePage' });

export const listDiscountCodes = route({
  method: 'get',
  path: '/api/v1/discount-codes',
  operationId: 'listDiscountCodes',
  tag: 'Orders',
  summary: 'All discount codes, the newest first, with how often each was used',
  access: 'operator',
  limit: 'api',
  query: z.object({ limit: pageLimit, cursor: cursorOf({ newest: placeForms.time }).optional().meta(cursorText) }),
  answers: { 200: { description: 'A page of discount codes', schema: page } },
  handle: async ({ query: { limit, cursor } }, { database }) => {
    const { rows } = await database.writer.query<DiscountCode & { readonly place: string }>(
      `select ${discountCodeColumns}, ${microseconds('created_at')}::text as place from discount_codes
        ${cursor === undefined ? '' : `where (created_at, id) < (${timeOf('$2')}, $3::uuid)`}
        order by created_at desc, id desc limit $1`,
      [limit + 1, ...(cursor === undefined ? [] : [cursor.by, cursor.id])],
    );
    const { items, nextCursor: next } = pageOf(rows, limit, 'newest');
    return {
      status: 200,
      body: {
        items: items.map(({ place: _place, ...row }) => discountCodeOf(row)),
        nextCursor: next,
      },
    };
  },
});
