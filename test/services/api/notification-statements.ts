import type { Pool } from 'pg';
import { listNotifications } from '../../../services/api/routes/list-notifications';
import { listOrdersToShip } from '../../../services/api/routes/list-orders-to-ship';
import { listWishes } from '../../../services/api/routes/list-wishes';
import { stopEmails } from '../../../services/api/routes/stop-emails';
import { queueAnnouncements, requeueNotificationEmails } from '../../../services/worker/announce';

interface Db {
  readonly writer: Pool;
  readonly database: { readonly writer: Pool };
}

const log = { info: () => undefined, warn: () => undefined } as never;
const noQueue = { send: async () => undefined };
const token = 'a'.repeat(43);
const later = String(Date.now() * 1_000);

const handle = (
  { database }: Db,
  route: { readonly handle: (request: never, parts: never) => Promise<unknown> },
  request: object,
) => route.handle(request as never, { database, log } as never);

/** Of notifications, wishes and shipments: who asks, how, and the index that it should not do without. */
export const notificationStatements = (
  ids: () => Readonly<Record<'user' | 'order' | 'product', string>>,
): readonly (readonly [string, (db: Db) => Promise<unknown>, readonly string[]])[] => [
  [
    'the notifications of a user',
    (db) => handle(db, listNotifications, { user: { id: ids().user, role: 'customer' }, query: { limit: 20 } }),
    ['notifications_user_newest', 'notifications_user_unread'],
  ],
  [
    'the unread notifications of a user after a cursor',
    (db) =>
      handle(db, listNotifications, {
        user: { id: ids().user, role: 'customer' },
        query: { unread: true, limit: 20, cursor: { sort: 'newest', by: later, id: ids().order } },
      }),
    ['notifications_user_unread'],
  ],
  [
    'a wish list',
    (db) => handle(db, listWishes, { user: { id: ids().user, role: 'customer' } }),
    ['wishes_pkey', 'products_pkey'],
  ],
  [
    'whose e-mails are stopped',
    (db) => stopEmails.handle({ params: { token } } as never, { database: db.database, log: { info: () => undefined } } as never),
    ['notifications_stop_hash_key', 'users_pkey'],
  ],
  ['the orders to ship', (db) => handle(db, listOrdersToShip, { query: { limit: 20 } }), ['shipments_to_ship', 'orders_pkey']],
  [
    'the orders to ship after a cursor',
    (db) => handle(db, listOrdersToShip, { query: { limit: 20, cursor: { sort: 'oldest', by: later, id: ids().order } } }),
    ['shipments_to_ship'],
  ],
  // As tell() does, whose plan EXPLAIN does not show.
  [
    'the next users who wish for a product',
    (db) =>
      db.writer.query(
        'select user_id from wishes where product_id = $1 and user_id > $2 and created_at < now() order by user_id limit 200',
        [ids().product, ids().user],
      ),
    ['wishes_product'],
  ],
  [
    'what is to be told',
    (db) => queueAnnouncements(db.writer, noQueue, { warn: () => undefined } as never, AbortSignal.abort()),
    ['announcements_queue', 'announcements_pkey'],
  ],
  [
    'the e-mails of notifications that wait for their queue',
    (db) => requeueNotificationEmails(db.writer, noQueue, { info: () => undefined } as never),
    ['notifications_unqueued', 'notifications_pkey'],
  ],
  [
    'what an erased user has of these',
    async (db) => {
      await db.writer.query('delete from notifications where user_id = $1', [ids().user]);
      await db.writer.query('delete from wishes where user_id = $1', [ids().user]);
    },
    ['notifications_user_id_key_key', 'wishes_pkey'],
  ],
];
