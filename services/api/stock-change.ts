import * as z from 'zod';
import { type StockChange, stockReasons } from '../catalogue/stock';
import { time } from '../runtime/forms';
import { id } from './schemas';

export const stockChange = z
  .object({
    id,
    productId: id,
    change: z.int().meta({ description: 'Units; 0 is a count that found what was known' }),
    reason: z.enum(stockReasons),
    note: z.string(),
    changedBy: id.nullable().meta({ description: 'The operator; null: the import' }),
    createdAt: time,
  })
  .meta({ id: 'StockChange' });

export const stockChangeOf = ({ createdAt, ...noted }: StockChange): z.input<typeof stockChange> => ({
  ...noted,
  createdAt: createdAt.toISOString(),
});
