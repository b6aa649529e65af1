import type { Pool } from 'pg';
import { changeMe } from '../../../services/api/routes/change-me';
import { deleteGuestCartItem } from '../../../services/api/routes/delete-guest-cart-item';
import { getCart } from '../../../services/api/routes/get-cart';
import { getGuestCart } from '../../../services/api/routes/get-guest-cart';
import { getManagedOrder } from '../../../services/api/routes/get-managed-order';
import { getManagedProduct } from '../../../services/api/routes/get-managed-product';
import { getMe } from '../../../services/api/routes/get-me';
import { getOrder } from '../../../services/api/routes/get-order';
import { getProduct } from '../../../services/api/routes/get-product';
import { getSession } from '../../../services/api/routes/get-session';
import { listDrops } from '../../../services/api/routes/list-drops';
import { listManagedProducts } from '../../../services/api/routes/list-managed-products';
import { listOrders } from '../../../services/api/routes/list-orders';
import { listStockChanges } from '../../../services/api/routes/list-stock-changes';
import { logIn } from '../../../services/api/routes/log-in';
import { resetPassword } from '../../../services/api/routes/reset-password';
import { verifyUser } from '../../../services/api/routes/verify-user';
import { createSessionEnds } from '../../../services/api/session-ends';
import { endSession, userOf } from '../../../services/api/sessions';
import {
  cancelPendingOrder,
  releaseOrders,
  releaseReservations,
  removeReservation,
} from '../../../services/orders/release-stock';
import { settlePayment } from '../../../services/orders/settle-payment';
import { deleteOld } from '../../../services/worker/delete-old';
import { requeueAccountEmails } from '../../../services/worker/requeue';
import { setUp } from '../../support/set-up';
import { notificationStatements } from './notification-statements';
import { ids, indexesOf, type Node, places, planOf, readWhole, type Statement, startPlans } from './plans';
import { reviewStatements } from './review-statements';

setUp(startPlans);

/** A pool that runs nothing and keeps what it was asked. Answers one row, so that a function which asks twice goes on. */
function recorder(row: object = {}) {
  const statements: Statement[] = [];
  const query = async (text: string, values: readonly unknown[] = []) => {
    statements.push({ text, values });
    return { rows: [row], rowCount: 1 };
  };
  const writer = { query } as unknown as Pool;
  return { statements, writer, database: { writer, read: query } };
}
type Recorder = ReturnType<typeof recorder>;

/** A cache that holds nothing. */
const cached = { text: (_key: string, _policy: object, load: () => Promise<unknown>) => load(), remove: async () => undefined };

const rateLimits = { attempt: async () => ({ allowed: true }), succeeded: async () => undefined };
const noQueue = { send: async () => undefined };

const token = 'a'.repeat(43);
const user = () => ({ id: ids.user, role: 'customer' });
const handle =
  (route: { readonly handle: (request: never, parts: never) => Promise<unknown> }, request: object) => (db: Recorder) =>
    route.handle(request as never, { database: db.database, cached, rateLimits } as never);
const event = {
  id: 'evt_1',
  type: 'payment_intent.succeeded',
  paymentIntentId: 'pi_1',
  amountMinor: 1_000,
  currency: 'USD',
  occurredAt: new Date(0),
} as const;

/** Who asks, how, and the index that it should not do without. */
const others: readonly (readonly [string, (db: Recorder) => Promise<unknown>, readonly string[]])[] = [
  ['one product', (db) => handle(getProduct, { params: { productId: ids.product } })(db), ['products_pkey']],
  ['one product by its slug', (db) => handle(getProduct, { params: { productId: 'product-7' } })(db), ['products_slug_key']],
  ['the coming drops', (db) => handle(listDrops, {})(db), ['products_release']],
  ['all products, for operators', (db) => handle(listManagedProducts, { query: { limit: 20 } })(db), ['products_pkey']],
  [
    'archived products, after a cursor',
    (db) => handle(listManagedProducts, { query: { limit: 20, state: 'archived', cursor: { id: ids.product } } })(db),
    ['products_hidden'],
  ],
  [
    'one product, for operators',
    (db) => handle(getManagedProduct, { params: { productId: ids.product } })(db),
    ['products_pkey', 'reservations_product'],
  ],
  [
    'the changes of a stock, after a cursor',
    (db) =>
      handle(listStockChanges, {
        params: { productId: ids.product },
        query: { limit: 20, cursor: { by: places.newest, id: ids.order } },
      })(db),
    ['stock_changes_product'],
  ],
  ['the orders of a user', (db) => handle(listOrders, { user: user(), query: { limit: 20 } })(db), ['orders_user_newest']],
  [
    'the orders of a user after a cursor',
    (db) =>
      handle(listOrders, { user: user(), query: { limit: 20, cursor: { sort: 'newest', by: places.newest, id: ids.order } } })(
        db,
      ),
    ['orders_user_newest'],
  ],
  [
    'one order with its items',
    (db) => handle(getOrder, { user: user(), params: { orderId: ids.order } })(db),
    ['orders_pkey', 'order_items_pkey', 'shipments_pkey'],
  ],
  [
    'one order by its number, for operators',
    (db) => handle(getManagedOrder, { params: { orderId: 'K7QF-3M2P' } })(db),
    ['orders_number', 'order_items_pkey', 'users_pkey'],
  ],
  ['a cart', (db) => handle(getCart, { user: user() })(db), ['reservations_user_id_product_id_key']],
  [
    'a guest cart',
    (db) => handle(getGuestCart, { guestToken: () => token })(db),
    ['guest_carts_token_hash_key', 'guest_cart_items_pkey'],
  ],
  ['a log-in', (db) => handle(logIn, { body: { email: 'user-1@example.com', password: 'x' } })(db), ['users_email']],
  [
    'the registration of a link',
    (db) => handle(verifyUser, { body: { token, password: 'x' } })(db),
    ['account_links_pkey', 'registrations_pkey'],
  ],
  [
    'whose password a link changes',
    (db) => handle(resetPassword, { body: { token, newPassword: 'x' } })(db),
    ['account_links_pkey'],
  ],
  ['who is logged in', (db) => handle(getSession, { sessionToken: () => token })(db), ['sessions_pkey', 'users_pkey']],
  ['one’s own account', (db) => handle(getMe, { user: user() })(db), ['users_pkey']],
  [
    'a change of one’s own account',
    (db) => handle(changeMe, { user: user(), body: { currentPassword: 'x' } })(db),
    ['users_pkey'],
  ],
  [
    'the links of a user',
    (db) => db.writer.query('delete from account_links where user_id = $1', [ids.user]),
    ['account_links_user'],
  ],
  [
    'the registrations of an address',
    (db) => db.writer.query('delete from registrations where email = $1', ['new-7@example.com']),
    ['registrations_email'],
  ],
  [
    'the e-mails about a user',
    (db) => db.writer.query('delete from account_emails where user_id = $1 or recipient = $2', [ids.user, 'new-7@example.com']),
    ['account_emails_user', 'account_emails_recipient'],
  ],
  [
    'the e-mails about accounts that wait for their queue',
    (db) => requeueAccountEmails(db.writer, noQueue, { info: () => undefined } as never),
    ['account_emails_unqueued'],
  ],
  ['the user of a session', (db) => userOf(token, { database: db.database, cached } as never), ['sessions_pkey']],
  ['the end of a session', (db) => endSession(token, { database: db.database, cached } as never), ['sessions_pkey']],
  ['the cancelling of an order', (db) => cancelPendingOrder(db.writer, ids.order, ids.user), ['orders_pkey', 'order_items_pkey']],
  ...notificationStatements(() => ids),
  ...reviewStatements(() => ids),
  ['the release of expired reservations', (db) => releaseReservations(db.writer, 100), ['reservations_expiry']],
  ['the release of expired orders', (db) => releaseOrders(db.writer, 100), ['orders_pending_expiry', 'order_items_pkey']],
  [
    'a payment of a cancelled order',
    (db) => settlePayment(db.writer as never, { ...event, orderId: ids.order }),
    ['orders_pkey', 'order_items_pkey', 'products_pkey'],
  ],
];

/** The steps of every statement that is made to answer. */
async function plansOf(ask: (db: Recorder) => Promise<unknown>): Promise<readonly Node[]> {
  const db = recorder({ id: ids.order, status: 'cancelled', totalMinor: 1_000, currency: 'USD', all: true, soldOut: [] });
  await ask(db).catch(() => undefined); // it gets no answer that it could use
  const plans: Node[] = [];
  for (const statement of db.statements) if (!statement.text.startsWith('savepoint')) plans.push(...(await planOf(statement)));
  return plans;
}

test.each(others)('%s is found by an index', async (_name, ask, indexes) => {
  const plan = await plansOf(ask);
  expect(readWhole(plan)).toEqual([]);
  expect(indexesOf(plan)).toEqual(expect.arrayContaining([...indexes]));
});

const lineOfCart = 'select quantity from reservations where user_id = $1 and product_id = $2';
const reviewOf = 'select * from reviews where user_id = $1 and product_id = $2';

test.each([
  // As reserve_units and write_review do, whose plans EXPLAIN does not show.
  ['a line of a cart', 'reservations_', (db: Recorder) => db.writer.query(lineOfCart, [ids.user, ids.product])],
  ['a line that is given back', 'reservations_', (db: Recorder) => removeReservation(db.writer, ids.user, ids.product)],
  ['a review', 'reviews_', (db: Recorder) => db.writer.query(reviewOf, [ids.user, ids.product])],
  [
    'an item of a guest cart',
    'guest_cart_items_',
    (db: Recorder) => handle(deleteGuestCartItem, { params: { productId: ids.product }, guestToken: () => token })(db),
  ],
])('%s is found by its owner and its product at once: thousands have the same product', async (_name, indexes, ask) => {
  const plan = await plansOf(ask);
  const found = plan.find((node) => node['Index Name']?.startsWith(indexes));
  expect(found?.['Index Cond']).toMatch(/(?=.*(user|cart)_id = )(?=.*product_id = )/);
  expect(readWhole(plan)).toEqual([]);
});

test('the sessions that have ended since a task asked last are found by an index', async () => {
  const db = recorder({ snapshot: '9000000:9000000:', user_id: null, ended_by: null });
  let now = 0;
  const ends = createSessionEnds({ writer: db.writer, now: () => now });
  await ends.after(ids.user, '1:1:');
  now = 1_000;
  await ends.after(ids.user, '1:1:');
  expect(indexesOf(await planOf(db.statements[1]!))).toEqual(['session_ends_by']);
});

// A thousand sessions are a good part of ten thousand: reading all of them is shorter than a thousand ways down an index. They are chosen by one.
test('old sessions and messages are found by an index', async () => {
  const plan = await plansOf((db) => deleteOld(db.writer, new AbortController().signal));
  expect(indexesOf(plan)).toEqual(
    expect.arrayContaining([
      'sessions_expiry',
      'handled_messages_age',
      'session_ends_age',
      'registrations_expiry',
      'account_links_expiry',
      'account_emails_age',
      'announcements_age',
      'notifications_age',
      'guest_carts_expiry',
    ]),
  );
});
