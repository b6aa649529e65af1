import type { Pool } from 'pg';
import { listManagedReviews } from '../../../services/api/routes/list-managed-reviews';
import { listOwnReviews } from '../../../services/api/routes/list-own-reviews';
import { listReviews } from '../../../services/api/routes/list-reviews';

interface Db {
  readonly writer: Pool;
  readonly database: { readonly writer: Pool };
}

const cached = { text: (_key: string, _policy: object, load: () => Promise<unknown>) => load() };
const later = String(Date.now() * 1_000);

const handle = (
  { database }: Db,
  route: { readonly handle: (request: never, parts: never) => Promise<unknown> },
  request: object,
) => route.handle(request as never, { database, cached } as never);

/** Of reviews: who asks, how, and the index that it should not do without. */
export const reviewStatements = (
  ids: () => Readonly<Record<'user' | 'order' | 'product', string>>,
): readonly (readonly [string, (db: Db) => Promise<unknown>, readonly string[]])[] => [
  [
    'the reviews of a product',
    (db) => handle(db, listReviews, { params: { productId: ids().product }, query: { limit: 20 } }),
    ['reviews_product_newest', 'users_pkey'],
  ],
  [
    'the reviews of a product after a cursor',
    (db) =>
      handle(db, listReviews, {
        params: { productId: ids().product },
        query: { limit: 20, cursor: { sort: 'newest', by: later, id: ids().order } },
      }),
    ['reviews_product_newest'],
  ],
  [
    'the reviews of a user',
    (db) => handle(db, listOwnReviews, { user: { id: ids().user, role: 'customer' }, query: { limit: 20 } }),
    ['reviews_user_newest'],
  ],
  ['the last reviews, for operators', (db) => handle(db, listManagedReviews, { query: { limit: 20 } }), ['reviews_changed']],
  [
    'hidden reviews, for operators, after a cursor',
    (db) =>
      handle(db, listManagedReviews, {
        query: { state: 'hidden', limit: 20, cursor: { sort: 'changed', by: later, id: ids().order } },
      }),
    ['reviews_hidden'],
  ],
  // As write_review() does, whose plan EXPLAIN does not show.
  [
    'whether a customer has bought a product',
    (db) =>
      db.writer.query(
        `select from orders o
          where o.user_id = $1 and o.status = 'paid'
            and exists (select from order_items i where i.order_id = o.id and i.product_id = $2 offset 0)
            and not exists (select from shipments s where s.order_id = o.id and s.shipped_at is null offset 0)`,
        [ids().user, ids().product],
      ),
    ['order_items_pkey', 'shipments_pkey'],
  ],
];
