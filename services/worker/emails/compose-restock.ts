import type { Pool } from 'pg';
import { makeToken } from '../../accounts/token';
import type { Composed } from './composed';
import { type RestockEmailFacts, restockEmail } from './restock-email';

interface Row {
  readonly email: string;
  readonly name: string;
  readonly wanted: boolean;
  readonly wished: boolean;
  readonly title: string;
  readonly slug: string;
  readonly inStock: boolean;
}

/**
 * Decides, as it is now, whether somebody is still to hear of a restock. Its token is made here, so that nobody but the e-mail has it: one that is tried
 * again has another.
 */
export async function composeRestockEmail(
  database: Pick<Pool, 'query'>,
  urls: Pick<RestockEmailFacts, 'siteUrl' | 'apiUrl'>,
  notificationId: string,
): Promise<Composed> {
  const { rows } = await database.query<Row>(
    `select users.email, users.name, users.restock_emails as wanted, products.title, products.slug,
            products.is_available and products.stock > 0 as "inStock",
            exists (select from wishes where user_id = users.id and product_id = products.id) as wished
       from notifications join users on users.id = notifications.user_id join products on products.id = notifications.product_id
      where notifications.id = $1 and users.erased_at is null`,
    [notificationId],
  );
  const [row] = rows;
  if (!row) return { to: undefined, reason: 'its notification is gone' };
  if (!row.wanted) return { to: undefined, reason: 'the user wants none' };
  if (!row.wished) return { to: undefined, reason: 'the user wishes for it no more' };
  if (!row.inStock) return { to: undefined, reason: 'it is sold out again' };
  const { token: stopToken, hash } = makeToken();
  await database.query('update notifications set stop_hash = $2 where id = $1', [notificationId, hash]);
  const { email: to, name, title, slug } = row;
  return { to, ...restockEmail({ name, product: { title, slug }, ...urls, stopToken }) };
}
