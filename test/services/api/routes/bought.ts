import { dropProduct, seededUsers } from '../../../../bin/local/seed';
import type { ApiOnParts } from '../api-on-parts';

interface Bought {
  readonly by?: string;
  readonly productId?: string;
  /** Of the order. @default 'paid' */
  readonly status?: string;
  /** null: it has no shipment, as that of a former store. @default true */
  readonly shipped?: boolean | null;
}

/** Orders as API and worker leave them behind. */
export const bought = async (
  { store }: ApiOnParts,
  { by = seededUsers.customer.email, productId = dropProduct.id, status = 'paid', shipped = true }: Bought = {},
): Promise<void> => {
  await store.query(`
    with bought as (
      insert into orders (user_id, status, total_minor, currency, idempotency_key, expires_at, paid_at)
      select id, '${status}', 9900, 'USD', gen_random_uuid(), now(), now() from users where email = '${by}' returning id
    ), line as (
      insert into order_items (order_id, product_id, title, quantity, unit_price_minor)
      select id, '${productId}', 'Something', 1, 9900 from bought
    )
    insert into shipments (order_id, paid_at, shipped_at)
    select id, now(), ${shipped === true ? 'now()' : 'null'} from bought where ${shipped !== null}`);
};
