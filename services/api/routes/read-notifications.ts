import { route } from '../route';

export const readNotifications = route({
  method: 'put',
  path: '/api/v1/notifications/read',
  operationId: 'readNotifications',
  tag: 'Notifications',
  summary: 'Mark all notifications of the user as read',
  access: 'customer',
  limit: 'writes',
  answers: { 204: { description: 'All are read' } },
  handle: async ({ user }, { database }) => {
    await database.writer.query('update notifications set read_at = now() where user_id = $1 and in_app and read_at is null', [
      user.id,
    ]);
    return { status: 204 };
  },
});
