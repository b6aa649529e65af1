import type { Pool } from 'pg';

/** The usual way, which `services/orders/reserve.ts` is compared with: lock the product, look, take, write down, commit. */
export async function reserveByLock(
  pool: Pool,
  userId: string,
  productId: string,
): Promise<{ outcome: 'reserved' | 'sold-out' }> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ stock: number; price_minor: number; currency: string }>(
      'select stock, price_minor, currency from products where id = $1 and is_available for update',
      [productId],
    );
    const [product] = rows;
    if (!product || product.stock < 1) {
      await client.query('rollback');
      return { outcome: 'sold-out' };
    }
    await client.query('update products set stock = stock - 1, updated_at = now() where id = $1', [productId]);
    await client.query(
      `insert into reservations (user_id, product_id, quantity, unit_price_minor, currency, expires_at)
       values ($1, $2, 1, $3, $4, now() + interval '15 minutes')`,
      [userId, productId, product.price_minor, product.currency],
    );
    await client.query('commit');
    return { outcome: 'reserved' };
  } finally {
    client.release();
  }
}
