import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const products = pgTable(
  'products',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    name: text().notNull(),
    priceCents: integer('price_cents').notNull(),
    stock: integer().notNull(),
  },
  ({ stock }) => [check('stock_is_not_negative', sql`${stock} >= 0`)],
);

export const orders = pgTable(
  'orders',
  {
    id: uuid().primaryKey().defaultRandom(),
    productId: integer('product_id')
      .notNull()
      .references(() => products.id),
    quantity: integer().notNull(),
    state: text({ enum: ['placed', 'confirmed'] })
      .notNull()
      .default('placed'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  ({ createdAt, state }) => [index('orders_to_confirm').on(createdAt).where(sql`${state} = 'placed'`)],
);
