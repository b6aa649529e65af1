import { DatabaseError, type Pool } from 'pg';

/** Where a single statement runs: each is whole by itself, so that a process that dies between two leaves nothing half done. */
export type Queryable = Pick<Pool, 'query'>;

/** Minutes that units wait in a cart. Assumption: long enough to fill in a form, short enough for a drop. */
const reservationMinutes = 15;

export interface Reservation {
  readonly productId: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly currency: string;
  readonly expiresAt: Date;
}

export type ReserveOutcome =
  | { readonly outcome: 'reserved'; readonly reservation: Reservation; readonly availabilityChanged: boolean }
  | { readonly outcome: 'sold-out' }
  | { readonly outcome: 'not-found' };

/**
 * One statement puts units into the cart and takes them from the stock: there is no moment between the two, and the row of the stock
 * is locked for no longer than the statement runs. First the line, then the product, as whoever gives units back does, so that two
 * never wait for each other. Who sees the last units and comes too late for them violates the stock's check, which undoes it all.
 */
const reserveSql = `
  with product as (
    select price_minor, currency, stock from products where id = $2 and is_available
  ), reserved as (
    insert into reservations as line (user_id, product_id, quantity, quantity_before, unit_price_minor, currency, expires_at)
    select $1, $2, $3, 0, price_minor, currency, now() + make_interval(mins => $4)
      from product
     where stock >= $3 - coalesce((select quantity from reservations where user_id = $1 and product_id = $2), 0)
    on conflict (user_id, product_id) do update
       set quantity = excluded.quantity, quantity_before = line.quantity,
           unit_price_minor = excluded.unit_price_minor, currency = excluded.currency, expires_at = excluded.expires_at
    returning quantity, quantity - quantity_before as more, unit_price_minor, currency, expires_at
  ), taken as (
    update products set stock = stock - reserved.more, updated_at = now()
      from reserved where products.id = $2 and reserved.more <> 0
    returning (products.stock = 0) <> (products.stock + reserved.more = 0) as availability_changed
  )
  select reserved.*, coalesce((select availability_changed from taken), false) as availability_changed
    from product left join reserved on true`;

interface ReserveRow {
  /** null: fewer are left. */
  readonly quantity: number | null;
  readonly unit_price_minor: number;
  readonly currency: string;
  readonly expires_at: Date;
  readonly availability_changed: boolean;
}

const stockCheck = 'products_stock_check';

/** Brings a line of a user's cart to `quantity` units, all or none, at today's price, and starts its time anew. */
export async function reserve(database: Queryable, userId: string, productId: string, quantity: number): Promise<ReserveOutcome> {
  try {
    const { rows } = await database.query<ReserveRow>(reserveSql, [userId, productId, quantity, reservationMinutes]);
    const [row] = rows;
    if (!row) return { outcome: 'not-found' };
    if (row.quantity === null) return { outcome: 'sold-out' };
    const { unit_price_minor: unitPriceMinor, currency, expires_at: expiresAt } = row;
    return {
      outcome: 'reserved',
      reservation: { productId, quantity: row.quantity, unitPriceMinor, currency, expiresAt },
      availabilityChanged: row.availability_changed,
    };
  } catch (error) {
    if (error instanceof DatabaseError && error.constraint === stockCheck) return { outcome: 'sold-out' };
    throw error;
  }
}
