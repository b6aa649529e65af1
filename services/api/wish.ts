import * as z from 'zod';
import type { Database } from '../runtime/database';
import { time } from '../runtime/forms';
import { type ProductRow, productColumns, productOf, productSummary } from './product';
import { id } from './schemas';

/** Products that a wish list may have: an assumption. It is answered whole, so no more than a page. */
export const mostWishes = 100;

export const wish = z
  .object({
    productId: id,
    product: productSummary.nullable().meta({ description: 'null while the shop does not show it' }),
    wishedAt: time,
  })
  .meta({ id: 'Wish' });

/** What the shop does not show is read, and not answered. */
interface Row extends ProductRow {
  readonly productId: string;
  readonly wishedAt: Date;
  readonly shown: boolean;
}

/** A user's wishes, the last first; or the one for a product. Of the primary: a replica may not have a wish of a moment ago. */
export async function wishesOf(
  { writer }: Pick<Database, 'writer'>,
  userId: string,
  productId?: string,
): Promise<readonly z.input<typeof wish>[]> {
  const { rows } = await writer.query<Row>(
    `select wishes.product_id as "productId", wishes.created_at as "wishedAt", products.is_available as shown, ${productColumns}
       from wishes
       join products on products.id = wishes.product_id
       join brands on brands.id = products.brand_id
       join categories on categories.id = products.category_id
      where wishes.user_id = $1 and ($2::uuid is null or wishes.product_id = $2)
      order by wishes.created_at desc, wishes.product_id desc`,
    [userId, productId ?? null],
  );
  return rows.map((row) => ({
    productId: row.productId,
    product: row.shown ? productOf(row) : null,
    wishedAt: row.wishedAt.toISOString(),
  }));
}
