import { randomUUID } from 'node:crypto';
import { type DataSource, LessThan, MoreThanOrEqual } from 'typeorm';
import { Order, Product } from './entities.js';

export interface NewOrder {
  readonly productId: number;
  readonly quantity: number;
}

/** Takes the stock and writes the order, or gives undefined where there is not enough. */
export const placeOrder = (primary: DataSource, { productId, quantity }: NewOrder): Promise<Order | undefined> =>
  primary.transaction(async (manager) => {
    const { affected } = await manager.decrement(Product, { id: productId, stock: MoreThanOrEqual(quantity) }, 'stock', quantity);
    if (affected !== 1) return undefined;
    return manager.save(manager.create(Order, { id: randomUUID(), productId, quantity, state: 'placed' }));
  });

/** Does nothing the second time: a message can come twice. */
export async function confirmOrder(primary: DataSource, id: string): Promise<void> {
  await primary.getRepository(Order).update({ id, state: 'placed' }, { state: 'confirmed' });
}

/** Whose message was not sent, since SQS was away: the database knows what is still to do. */
export async function ordersLeftBehind(primary: DataSource): Promise<readonly string[]> {
  const createdAt = LessThan(new Date(Date.now() - 60_000));
  const found = await primary
    .getRepository(Order)
    .find({ select: { id: true }, where: { state: 'placed', createdAt }, take: 100 });
  return found.map(({ id }) => id);
}
