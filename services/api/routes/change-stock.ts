import * as z from 'zod';
import { invalidateCatalogue } from '../../catalogue/invalidate';
import { changeStock as change, stockChangeFields } from '../../catalogue/stock';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';
import { stockChange, stockChangeOf } from '../stock-change';

const changed = stockChange
  .extend({ stock: z.int().min(0).meta({ description: 'Units that customers can buy now' }) })
  .meta({ id: 'ChangedStock' });

export const changeStock = route({
  method: 'post',
  path: '/api/v1/products/{productId}/stock-changes',
  operationId: 'changeStock',
  tag: 'Products',
  summary: 'Change the stock of a product, with the reason',
  access: 'operator',
  limit: 'writes',
  params: z.object({ productId: id }),
  headers: z.object({
    'idempotency-key': id.meta({ description: 'A UUID chosen by the client: the same key changes the stock once' }),
  }),
  body: stockChangeFields,
  answers: {
    201: { description: 'Changed', schema: changed },
    200: { description: 'Changed before, by the same key', schema: changed },
  },
  problems: ['not-found', 'stock-out-of-range'],
  handle: async ({ params: { productId }, headers, body: asked, user, requestId }, { database, cached, log }) => {
    const idempotencyKey = headers['idempotency-key'];
    const result = await change(database.writer, { ...asked, productId, operatorId: user.id, idempotencyKey });
    if (!('noted' in result)) throw new Problem(result.outcome);
    await invalidateCatalogue(cached, { productId }); // again, too: whoever asks again may have got no answer
    const { outcome, noted, stock } = result;
    const body: z.input<typeof changed> = { ...stockChangeOf(noted), stock };
    if (outcome === 'changed-before') return { status: 200, body };
    log.info('An operator changed a stock', { requestId, productId, units: noted.change, reason: noted.reason, userId: user.id });
    return { status: 201, body };
  },
});
