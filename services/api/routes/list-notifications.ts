import * as z from 'zod';
import { newsTypes } from '../../orders/news';
import { slug, time } from '../../runtime/forms';
import { cursorOf, cursorText, microseconds, nextCursor, pageOf, placeForms, timeOf } from '../cursor';
import { orderNumber } from '../order-key';
import { route } from '../route';
import { id, pageLimit, queryBoolean } from '../schemas';

const notification = z
  .object({
    id,
    type: z
      .enum(newsTypes)
      .meta({ description: '`refund`: money of a paid order went back; `order-refunded`: it was paid too late' }),
    orderId: id.nullable().meta({ description: 'Of all types but `back-in-stock`' }),
    orderNumber: orderNumber.nullable().meta({ description: 'The same order, for people' }),
    product: z.object({ id, slug, title: z.string() }).nullable().meta({ description: 'Of `back-in-stock`' }),
    createdAt: time,
    readAt: time.nullable().meta({ description: 'UTC; null until it is read' }),
  })
  .meta({ id: 'Notification' });

const page = z
  .object({
    items: z.array(notification),
    nextCursor,
    unread: z.int().min(0).meta({ description: 'How many are unread in all' }),
  })
  .meta({ id: 'NotificationPage' });

interface Row {
  readonly id: string;
  readonly type: z.input<typeof notification>['type'];
  readonly orderId: string | null;
  readonly orderNumber: string | null;
  readonly product: { readonly id: string; readonly slug: string; readonly title: string } | null;
  readonly createdAt: Date;
  readonly readAt: Date | null;
  readonly place: string;
}

const notificationOf = (row: Row): z.input<typeof notification> => ({
  id: row.id,
  type: row.type,
  orderId: row.orderId,
  orderNumber: row.orderNumber,
  product: row.product,
  createdAt: row.createdAt.toISOString(),
  readAt: row.readAt?.toISOString() ?? null,
});

export const listNotifications = route({
  method: 'get',
  path: '/api/v1/notifications',
  operationId: 'listNotifications',
  tag: 'Notifications',
  summary: 'What the user is told of orders and wishes, the newest first',
  access: 'customer',
  limit: 'api',
  query: z.object({
    unread: queryBoolean.optional().meta({ description: '`true`: only what is unread; `false`: only what is read' }),
    limit: pageLimit,
    cursor: cursorOf({ newest: placeForms.time }).optional().meta(cursorText),
  }),
  answers: { 200: { description: 'A page of notifications', schema: page } },
  handle: async ({ user, query: { unread, limit, cursor } }, { database }) => {
    const { rows } = await database.writer.query<Row>(
      `select id, type, order_id as "orderId", created_at as "createdAt", read_at as "readAt",
              (select number from orders where orders.id = order_id) as "orderNumber",
              (select json_build_object('id', id, 'slug', slug, 'title', title) from products where id = product_id) as product,
              ${microseconds('created_at')}::text as place
         from notifications
        where user_id = $1 and in_app
          ${unread === undefined ? '' : `and read_at is ${unread ? '' : 'not '}null`}
          ${cursor === undefined ? '' : `and (created_at, id) < (${timeOf('$3')}, $4::uuid)`}
        order by created_at desc, id desc limit $2`,
      [user.id, limit + 1, ...(cursor === undefined ? [] : [cursor.by, cursor.id])],
    );
    const counted = await database.writer.query<{ unread: number }>(
      'select count(*)::integer as unread from notifications where user_id = $1 and in_app and read_at is null',
      [user.id],
    );
    const { items, nextCursor: next } = pageOf(rows, limit, 'newest');
    const body: z.input<typeof page> = {
      items: items.map(notificationOf),
      nextCursor: next,
      unread: counted.rows[0]?.unread ?? 0,
    };
    return { status: 200, body };
  },
});
