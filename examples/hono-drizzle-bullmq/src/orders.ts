import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { Database } from './database.js';
import { orders, products } from './schema.js';

export interface NewOrder {
  readonly productId: number;
  readonly quantity: number;
}

/** Without the stock, which changes with each order: what is kept in the cache may be a moment old. */
export const readProducts = ({ db }: Database) =>
  db.select({ id: products.id, name: products.name, priceCents: products.priceCents }).from(products).orderBy(products.id);

/** Takes the stock and writes the order, or gives undefined where there is not enough. */
export const placeOrder = ({ transaction: inTransaction }: Database, { productId, quantity }: NewOrder) =>
  inTransaction(async (transaction) => {
    const taken = await transaction
      .update(products)
      .set({ stock: sql`${products.stock} - ${quantity}` })
      .where(and(eq(products.id, productId), gte(products.stock, quantity)))
      .returning({ id: products.id });
    if (taken.length === 0) return undefined;
    const [order] = await transaction.insert(orders).values({ productId, quantity }).returning();
    return order;
  });

/** Does nothing the second time: a job can come twice. */
export async function confirmOrder({ db }: Database, id: string): Promise<void> {
  await db
    .update(orders)
    .set({ state: 'confirmed' })
    .where(and(eq(orders.id, id), eq(orders.state, 'placed')));
}

/** Whose job did not get into the queue, or was lost with its Redis: the database knows what is still to do. */
export async function ordersLeftBehind({ db }: Database): Promise<readonly string[]> {
  const found = await db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.state, 'placed'), lt(orders.createdAt, sql`now() - interval '5 seconds'`)))
    .orderBy(orders.createdAt)
    .limit(1_000);
  return found.map(({ id }) => id);
}
