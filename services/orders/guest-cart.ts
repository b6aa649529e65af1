import type { Queryable } from '../runtime/database';
import { mostCartLines, type Refusal, reservationMinutes } from './reserve';

/** Days that a guest's cart is kept after its last change: an assumption, as long as a session. The worker deletes it then. */
const guestCartDays = 30;

interface GuestItem {
  readonly tokenHash: Buffer;
  readonly productId: string;
  readonly quantity: number;
}

export type PutGuestItem =
  | { readonly outcome: 'put'; readonly expiresAt: Date }
  | { readonly outcome: 'not-found' | 'cart-full' };
type Put = PutGuestItem | { readonly outcome: 'no-cart' };

/** Puts it into the cart of a token. undefined: it has none, any more or at all. */
export async function putGuestItem(database: Queryable, item: GuestItem): Promise<PutGuestItem | undefined> {
  const put = await putItem(database, item, false);
  return put.outcome === 'no-cart' ? undefined : put;
}

/** The same, of a cart that begins with it; `tokenHash`: of a new token. */
export const beginGuestCart = (database: Queryable, item: GuestItem): Promise<PutGuestItem> =>
  putItem(database, item, true) as Promise<PutGuestItem>;

async function putItem(database: Queryable, { tokenHash, productId, quantity }: GuestItem, isNew: boolean): Promise<Put> {
  const { rows } = await database.query<Put>(
    'select outcome, ends_at as "expiresAt" from put_guest_item($1, $2, $3, $4, $5, $6)',
    [tokenHash, isNew, productId, quantity, mostCartLines, guestCartDays],
  );
  return (rows as [Put])[0]; // always one
}

export async function removeGuestItem(database: Queryable, { tokenHash, productId }: Omit<GuestItem, 'quantity'>): Promise<void> {
  await database.query(
    'delete from guest_cart_items where cart_id = (select id from guest_carts where token_hash = $1) and product_id = $2',
    [tokenHash, productId],
  );
}

interface TakenItem {
  readonly productId: string;
  /** null: it is in the customer's cart. */
  readonly refusal: Refusal | 'not-found' | null;
  readonly availabilityChanged: boolean;
}

/** Moves what can be reserved from a guest's cart to that of a user, a transaction a product; each is moved once, and what cannot be stays. */
export async function takeGuestCart(database: Queryable, tokenHash: Buffer, userId: string): Promise<readonly TakenItem[]> {
  const { rows } = await database.query<{ result: readonly TakenItem[] }>('call take_guest_cart($1, $2, $3, $4)', [
    tokenHash,
    userId,
    reservationMinutes,
    mostCartLines,
  ]); // migrations/sql/0027_guest_carts.sql says how
  return rows[0]?.result ?? [];
}
