import { productListTag, productTag } from '../cache-aside/product-tags';
import type { Queryable } from '../runtime/database';
import { noteStale } from './stale-tags';

/** Products whose discounts one statement turns: its locks are held for milliseconds. */
const batch = 100;

export interface Discount {
  /** Off the price. */
  readonly percent: number;
  readonly startsAt: Date;
  /** null: until somebody ends it. */
  readonly endsAt: Date | null;
}

export interface DiscountedProduct {
  readonly priceMinor: number;
  /** Without the discount; null where none holds now. */
  readonly listPriceMinor: number | null;
  readonly currency: string;
}

/** Gives a product another discount, or none, and the price that holds now. undefined: there is no such product. */
export async function setDiscount(
  writer: Queryable,
  productId: string,
  discount: Discount | undefined,
): Promise<DiscountedProduct | undefined> {
  const { rows } = await writer.query<DiscountedProduct>(
    `with changed as (select * from set_discount($1, $2, $3, $4)), noted as (${noteStale('$5::text[]', 'changed')})
     select price_minor as "priceMinor", list_price_minor as "listPriceMinor", currency from changed`,
    [
      productId,
      discount?.percent ?? null,
      discount?.startsAt ?? null,
      discount?.endsAt ?? null,
      [productTag(productId), productListTag],
    ],
  );
  return rows[0];
}

/** Sets and lifts the discounts whose time has come. Gives how many; what the cache holds of them is noted as stale. */
export async function turnDiscounts(writer: Queryable, signal: AbortSignal): Promise<number> {
  let all = 0;
  for (;;) {
    const { rowCount } = await writer.query(
      `with turned as (select id from turn_discounts($1) as id),
            noted as (${noteStale(`array['${productTag('')}' || id, $2]`, 'turned')})
       select from turned`,
      [batch, productListTag],
    );
    all += rowCount ?? 0;
    if ((rowCount ?? 0) === 0 || signal.aborted) return all;
  }
}
