import { DatabaseError } from 'pg';
import type { Queryable } from '../runtime/database';
import type { DiscountRefusal } from './check-out';

export interface CartDiscount {
  readonly discountMinor: number;
  /** What is left to pay. */
  readonly totalMinor: number;
  readonly currency: string;
}

export type CartDiscountOutcome =
  | ({ readonly outcome: 'taken' } & CartDiscount)
  | { readonly outcome: 'cart-empty' | 'mixed-currencies' }
  | { readonly outcome: 'discount-refused'; readonly refusal: DiscountRefusal };

interface Row extends CartDiscount {
  readonly currencies: number;
  readonly refusal: DiscountRefusal | null;
}

/** What a code takes off the cart of a user. Nothing is used up by that. */
export async function discountOfCart(database: Queryable, userId: string, code: string): Promise<CartDiscountOutcome> {
  const { rows } = await database.query<Row>(
    `select cart.currencies, cart.currency, (cart.total - discount_minor)::float8 as "totalMinor", discount_minor as "discountMinor", refusal
       from (select count(distinct currency)::int as currencies, min(currency) as currency, sum(quantity::bigint * unit_price_minor) as total
               from reservations where user_id = $1 and expires_at > now()) as cart
       left join lateral discount_of($2, $1, cart.total::bigint, cart.currency) on true`,
    [userId, code],
  );
  const [{ currencies, refusal, ...discount }] = rows as [Row]; // always one
  if (currencies !== 1) return { outcome: currencies === 0 ? 'cart-empty' : 'mixed-currencies' };
  return refusal === null ? { outcome: 'taken', ...discount } : { outcome: 'discount-refused', refusal };
}

export interface DiscountCode {
  readonly id: string;
  readonly code: string;
  readonly percent: number | null;
  readonly amountMinor: number | null;
  readonly currency: string | null;
  readonly minimumMinor: number;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly mostUses: number | null;
  readonly mostPerCustomer: number | null;
  /** Orders with it that were not cancelled. */
  readonly uses: number;
  readonly createdAt: Date;
}

/** Columns of `DiscountCode`, of `discount_codes`. */
export const discountCodeColumns = `id, code, percent, amount_minor as "amountMinor", currency, minimum_minor as "minimumMinor",
  starts_at as "startsAt", ends_at as "endsAt", most_uses as "mostUses", most_per_customer as "mostPerCustomer", created_at as "createdAt",
  (select count(*)::int from orders where discount_code = discount_codes.code and status <> 'cancelled') as uses`;

type NewCode = Pick<DiscountCode, 'code' | 'percent' | 'amountMinor' | 'currency' | 'mostUses' | 'mostPerCustomer'> & {
  /** null: now. */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly minimumMinor: number;
};

/** undefined: there is one of that name. */
export async function createDiscountCode(writer: Queryable, code: NewCode): Promise<DiscountCode | undefined> {
  const { rows } = await writer.query<DiscountCode>(
    `insert into discount_codes (code, percent, amount_minor, currency, minimum_minor, starts_at, ends_at, most_uses, most_per_customer)
     values ($1, $2, $3, $4, $5, coalesce($6, now()), $7, $8, $9) on conflict (code) do nothing returning ${discountCodeColumns}`,
    [
      code.code,
      code.percent,
      code.amountMinor,
      code.currency,
      code.minimumMinor,
      code.startsAt,
      code.endsAt,
      code.mostUses,
      code.mostPerCustomer,
    ],
  );
  return rows[0];
}

export interface DiscountCodeChange {
  readonly startsAt?: string | undefined;
  readonly endsAt?: string | null | undefined;
  readonly mostUses?: number | null | undefined;
  readonly mostPerCustomer?: number | null | undefined;
}

/** What is not given stays. undefined: there is no such code; `ends-first`: it would end before it begins. */
export async function changeDiscountCode(
  writer: Queryable,
  id: string,
  { startsAt, endsAt, mostUses, mostPerCustomer }: DiscountCodeChange,
): Promise<DiscountCode | 'ends-first' | undefined> {
  try {
    const { rows } = await writer.query<DiscountCode>(
      `update discount_codes
          set starts_at = coalesce($2, starts_at), ends_at = case when $3 then $4 else ends_at end,
              most_uses = case when $5 then $6 else most_uses end, most_per_customer = case when $7 then $8 else most_per_customer end
        where id = $1 returning ${discountCodeColumns}`,
      [id, startsAt ?? null, ...[endsAt, mostUses, mostPerCustomer].flatMap((value) => [value !== undefined, value ?? null])],
    );
    return rows[0];
  } catch (error) {
    if (isEndsFirst(error)) return 'ends-first';
    throw error;
  }
}

export const isEndsFirst = (error: unknown): boolean =>
  error instanceof DatabaseError && error.constraint === 'discount_codes_ends_after_start';
