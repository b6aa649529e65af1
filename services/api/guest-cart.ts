import { serialize } from 'hono/utils/cookie';
import * as z from 'zod';
import { hashOfToken, tokenForm } from '../accounts/token';
import { mostCartLines } from '../orders/reserve';
import type { Database } from '../runtime/database';
import { time } from '../runtime/forms';
import { type ProductRow, productColumns, productOf, productSummary } from './product';
import { id, quantity } from './schemas';

/** As the session's: no script reads it, no other site sends it along, no subdomain sets it. */
export const guestCookie = '__Host-guest-cart';

export const guestCookieOf = (token: string, expires: Date): string =>
  serialize(guestCookie, token, { path: '/', httpOnly: true, secure: true, sameSite: 'Lax', expires });

/** Takes it away from the browser. */
export const clearedGuestCookie = serialize(guestCookie, '', { path: '/', secure: true, maxAge: 0 });

/** What the database knows of a cookie's token; undefined for what is none. */
export const guestHashOf = (token: string | undefined): Buffer | undefined =>
  token !== undefined && tokenForm.test(token) ? hashOfToken(token) : undefined;

export const guestCart = z
  .object({
    reserved: z
      .literal(false)
      .meta({ description: 'Others may buy its units: a log-in and `POST /api/v1/cart/guest-items` reserve them' }),
    items: z
      .array(
        z.object({
          productId: id,
          quantity,
          product: productSummary.nullable().meta({ description: 'As it is now; null while the shop does not show it' }),
        }),
      )
      .max(mostCartLines),
    expiresAt: time.nullable().meta({ description: 'UTC; the cart is forgotten then. null of an empty one' }),
  })
  .meta({ id: 'GuestCart' });

interface Row extends ProductRow {
  readonly quantity: number;
  readonly expiresAt: Date;
  readonly shown: boolean;
}

export async function guestCartOf(
  { writer }: Pick<Database, 'writer'>,
  token: string | undefined,
): Promise<z.input<typeof guestCart>> {
  const hash = guestHashOf(token);
  if (hash === undefined) return { reserved: false, items: [], expiresAt: null };
  // Of the primary: a replica may not have what was put there a moment ago.
  const { rows } = await writer.query<Row>(
    `select guest_cart_items.quantity, guest_carts.expires_at as "expiresAt", products.is_available as shown, ${productColumns}
       from guest_carts
       join guest_cart_items on guest_cart_items.cart_id = guest_carts.id
       join products on products.id = guest_cart_items.product_id
       join brands on brands.id = products.brand_id
      where guest_carts.token_hash = $1 and guest_carts.expires_at > now()
      order by guest_cart_items.created_at, products.id`,
    [hash],
  );
  return {
    reserved: false,
    items: rows.map((row) => ({ productId: row.id, quantity: row.quantity, product: row.shown ? productOf(row) : null })),
    expiresAt: rows[0]?.expiresAt.toISOString() ?? null,
  };
}
