import { route } from '../route';
import { clearedCookie, endSessionsOf } from '../sessions';

export const endSessions = route({
  method: 'delete',
  path: '/api/v1/auth/sessions',
  operationId: 'endSessions',
  tag: 'Session',
  summary: 'Log out everywhere: ends every session of the user',
  access: 'customer',
  limit: 'writes',
  answers: { 204: { description: 'All have ended', headers: { 'set-cookie': 'Deletes the session cookie' } } },
  handle: async ({ user }, parts) => {
    await endSessionsOf(user.id, parts);
    return { status: 204, headers: { 'set-cookie': clearedCookie } };
  },
});
