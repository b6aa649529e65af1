import * as z from 'zod';
import type { Queryable } from '../runtime/database';
import { plainText } from '../runtime/forms';
import { mostStock } from './product-fields';

export const stockReasons = ['received', 'counted', 'returned', 'damaged', 'lost', 'imported'] as const;

const changeReasons = ['received', 'returned', 'damaged', 'lost'] as const;

/** Units more or fewer, with the reason; or how many were counted. */
export const stockChangeFields = z
  .strictObject({
    change: z
      .int()
      .min(-mostStock)
      .max(mostStock)
      .refine((units) => units !== 0, 'changes nothing')
      .optional()
      .meta({ description: 'Units that came, or with a minus that went', example: 20 }),
    counted: z.int().min(0).max(mostStock).optional().meta({
      description: 'Instead: units that are there and not sold, with those in carts and in orders that wait for their payment',
    }),
    reason: z.enum([...changeReasons, 'counted']),
    note: plainText(500).default(''),
  })
  .refine(({ change, counted }) => (change === undefined) !== (counted === undefined), {
    path: ['change'],
    error: 'give either `change` or `counted`',
  })
  .refine(({ counted, reason }) => (reason === 'counted') === (counted !== undefined), {
    path: ['reason'],
    error: 'is `counted` with `counted`, and only then',
  })
  .meta({
    override: {
      oneOf: [
        {
          required: ['change'],
          not: { required: ['counted'] },
          properties: { change: { not: { const: 0 } }, reason: { enum: [...changeReasons] } },
        },
        { required: ['counted'], not: { required: ['change'] }, properties: { reason: { const: 'counted' } } },
      ],
    },
  });
export type StockChangeFields = z.output<typeof stockChangeFields>;

export interface StockChange {
  readonly id: string;
  readonly productId: string;
  readonly change: number;
  readonly reason: (typeof stockReasons)[number];
  readonly note: string;
  readonly changedBy: string | null;
  readonly createdAt: Date;
}

/** Columns of a `StockChange`. */
export const stockChangeColumns = (of: string): string =>
  `${of}.id, ${of}.product_id as "productId", ${of}.change, ${of}.reason, ${of}.note, ${of}.changed_by as "changedBy", ${of}.created_at as "createdAt"`;

interface NotedChange {
  readonly outcome: 'changed' | 'changed-before';
  readonly noted: StockChange;
  /** Units that customers can buy now. */
  readonly stock: number;
}
export type ChangedStock = NotedChange | { readonly outcome: 'stock-out-of-range' | 'not-found' };

export interface StockChangeRequest extends StockChangeFields {
  readonly productId: string;
  readonly operatorId: string;
  /** Of a request: the same key changes a stock once. */
  readonly idempotencyKey: string;
}

/** Changes a stock and notes it, in one call of a function (migrations/sql/0011). */
export async function changeStock(database: Queryable, asked: StockChangeRequest): Promise<ChangedStock> {
  const { productId, operatorId, idempotencyKey, change, counted, reason, note } = asked;
  type Row = StockChange & { readonly outcome: NotedChange['outcome'] | 'stock-out-of-range'; readonly stock: number };
  const { rows } = await database.query<Row>(
    `select outcome, stock, ${stockChangeColumns('(noted)')} from change_stock($1, $2, $3, $4, $5, $6, $7, $8)`,
    [productId, operatorId, idempotencyKey, change ?? null, counted ?? null, mostStock, reason, note],
  );
  const [row] = rows;
  if (!row) return { outcome: 'not-found' };
  if (row.outcome === 'stock-out-of-range') return { outcome: row.outcome };
  const { outcome, stock, ...noted } = row;
  return { outcome, noted, stock };
}
