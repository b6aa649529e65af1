import { DatabaseError } from 'pg';
import type { Queryable } from '../runtime/database';

/** Minutes that units wait in a cart. Assumption: long enough to fill in a form, short enough for a drop. */
export const reservationMinutes = 15;

/** Lines that a cart may have: an assumption, more than a household buys at once. */
export const mostCartLines = 50;

export interface Reservation {
  readonly productId: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly currency: string;
  readonly expiresAt: Date;
}

export type ReserveOutcome =
  | { readonly outcome: 'reserved'; readonly reservation: Reservation; readonly availabilityChanged: boolean }
  | { readonly outcome: Refusal | 'not-found' };

export const refusals = ['sold-out', 'not-released', 'limit-reached', 'cart-full'] as const;
export type Refusal = (typeof refusals)[number];

const reserveSql = `
  select refusal, quantity, unit_price_minor as "unitPriceMinor", currency, expires_at as "expiresAt",
         availability_changed as "availabilityChanged"
    from reserve_within($1, $2, $3, $4, $5)`; // migrations/sql/0009_limits_of_a_customer.sql says how

interface ReserveRow extends Omit<Reservation, 'productId'> {
  readonly refusal: Refusal | null;
  readonly availabilityChanged: boolean;
}

const stockCheck = 'products_stock_check';

/** Brings a line of a user's cart to `quantity` units, all or none, at today's price, and starts its time anew. */
export async function reserve(database: Queryable, userId: string, productId: string, quantity: number): Promise<ReserveOutcome> {
  try {
    const { rows } = await database.query<ReserveRow>(reserveSql, [
      userId,
      productId,
      quantity,
      reservationMinutes,
      mostCartLines,
    ]);
    const [row] = rows;
    if (!row) return { outcome: 'not-found' };
    if (row.refusal !== null) return { outcome: row.refusal };
    const { refusal: _none, availabilityChanged, ...reservation } = row;
    return { outcome: 'reserved', reservation: { productId, ...reservation }, availabilityChanged };
  } catch (error) {
    if (error instanceof DatabaseError && error.constraint === stockCheck) return { outcome: 'sold-out' };
    throw error;
  }
}
