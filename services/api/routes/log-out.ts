import { route } from '../route';
import { clearedCookie, endSession } from '../sessions';

export const logOut = route({
  method: 'delete',
  path: '/api/v1/auth/session',
  operationId: 'logOut',
  tag: 'Session',
  summary: 'Log out: ends the session on every device that has its cookie',
  access: 'anyone', // also whose session is over has a cookie to get rid of
  limit: 'writes',
  answers: { 204: { description: 'Logged out, now or before', headers: { 'set-cookie': 'Deletes the session cookie' } } },
  handle: async ({ sessionToken }, parts) => {
    await endSession(sessionToken(), parts);
    return { status: 204, headers: { 'set-cookie': clearedCookie } };
  },
});
