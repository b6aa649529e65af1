import { randomUUID } from 'node:crypto';
import { dropProduct } from '../../../../bin/local/seed';
import type { ApiOnParts } from '../api-on-parts';

export interface Order {
  readonly id: string;
  readonly status: string;
  readonly clientSecret: string | null;
}

/** What customers do, each with the cookie of a session. */
export function shopping(api: () => ApiOnParts) {
  const reserve = (cookie: string, quantity: number, id: string = dropProduct.id) =>
    api().call(`/api/v1/cart/items/${id}`, { method: 'PUT', cookie, body: { quantity } });
  const totalOf = async (cookie: string): Promise<number> => {
    const { total } = (await api().call('/api/v1/cart', { cookie })).body as { total: { amountMinor: number } | null };
    return total?.amountMinor ?? 0;
  };
  const checkOutFor = (cookie: string, expectedTotalMinor: number, key: string = randomUUID()) =>
    api().call('/api/v1/orders', { method: 'POST', cookie, headers: { 'idempotency-key': key }, body: { expectedTotalMinor } });
  /** As whoever looks at the cart first. */
  const checkOut = async (cookie: string, key?: string) => checkOutFor(cookie, await totalOf(cookie), key);
  const order = async (cookie: string, quantity = 2): Promise<Order> => {
    await reserve(cookie, quantity);
    const { status, body } = await checkOut(cookie);
    expect(status).toBe(201);
    return body;
  };
  const stock = async () => (await api().store.query("select stock from products where slug = 'limited-drop'"))[0]?.stock;
  return { reserve, totalOf, checkOutFor, checkOut, order, stock };
}
