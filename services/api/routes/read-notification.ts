import * as z from 'zod';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';

export const readNotification = route({
  method: 'put',
  path: '/api/v1/notifications/{notificationId}/read',
  operationId: 'readNotification',
  tag: 'Notifications',
  summary: 'Mark a notification as read',
  access: 'owner',
  limit: 'writes',
  params: z.object({ notificationId: id }),
  answers: { 204: { description: 'It is read, now or before' } },
  handle: async ({ user, params: { notificationId } }, { database }) => {
    const { rowCount } = await database.writer.query(
      'update notifications set read_at = coalesce(read_at, now()) where id = $1 and user_id = $2 and in_app',
      [notificationId, user.id],
    );
    if (rowCount === 0) throw new Problem('not-found');
    return { status: 204 };
  },
});
