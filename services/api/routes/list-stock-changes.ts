import * as z from 'zod';
import { type StockChange, stockChangeColumns } from '../../catalogue/stock';
import { cursorOf, cursorText, microseconds, nextCursor, pageOf, placeForms, timeOf } from '../cursor';
import { Problem } from '../problem';
import { route } from '../route';
import { id, pageLimit } from '../schemas';
import { stockChange, stockChangeOf } from '../stock-change';

const page = z.object({ items: z.array(stockChange), nextCursor }).meta({ id: 'StockChangePage' });

export const listStockChanges = route({
  method: 'get',
  path: '/api/v1/products/{productId}/stock-changes',
  operationId: 'listStockChanges',
  tag: 'Products',
  summary: 'What operators and imports did to the stock of a product, the newest first',
  access: 'operator',
  limit: 'api',
  params: z.object({ productId: id }),
  query: z.object({ limit: pageLimit, cursor: cursorOf({ newest: placeForms.time }).optional().meta(cursorText) }),
  answers: { 200: { description: 'A page of changes', schema: page } },
  problems: ['not-found'],
  handle: async ({ params: { productId }, query: { limit, cursor } }, { database }) => {
    const { rows } = await database.writer.query<StockChange & { readonly place: string }>(
      `select ${stockChangeColumns('stock_changes')}, ${microseconds('created_at')}::text as place
         from stock_changes
        where product_id = $1
          ${cursor === undefined ? '' : `and (created_at, id) < (${timeOf('$3')}, $4::uuid)`}
        order by created_at desc, id desc limit $2`,
      [productId, limit + 1, ...(cursor === undefined ? [] : [cursor.by, cursor.id])],
    );
    if (rows.length === 0) {
      const { rowCount } = await database.writer.query('select from products where id = $1', [productId]);
      if (rowCount === 0) throw new Problem('not-found');
    }
    const { items, nextCursor: next } = pageOf(rows, limit, 'newest');
    return {
      status: 200,
      body: {
        items: items.map(({ place: _place, ...noted }) => stockChangeOf(noted)),
        nextCursor: next,
      },
    };
  },
});
