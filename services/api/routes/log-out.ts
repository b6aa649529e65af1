import { serialize } from 'hono/utils/cookie';
import { route } from '../route';
import { endSession, sessionCookie } from '../sessions';

export const logOut = route({
  method: 'delete',
  path: '/api/v1/auth/session',
  operationId: 'logOut',
  tag: 'Session',
  summary: 'Log out: ends the session on every device that has its cookie',
  access: 'customer',
  limit: 'writes',
  answers: { 204: { description: 'Logged out', headers: { 'set-cookie': 'Deletes the session cookie' } } },
  handle: async ({ sessionToken }, parts) => {
    await endSession(sessionToken, parts);
    return { status: 204, headers: { 'set-cookie': serialize(sessionCookie, '', { path: '/', secure: true, maxAge: 0 }) } };
  },
});
