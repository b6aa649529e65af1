import type * as z from 'zod';
import { Problem } from '../problem';
import { route } from '../route';
import { session } from '../session-answer';
import { personOf } from '../sessions';
import { user } from '../user';

const sessionOfUser = session.extend(user.pick({ name: true, email: true }).shape).meta({ id: 'SessionOfUser' });

export const getSession = route({
  method: 'get',
  path: '/api/v1/auth/session',
  operationId: 'getSession',
  tag: 'Session',
  summary: 'Who is logged in',
  access: 'customer',
  limit: 'api',
  answers: { 200: { description: 'The session and its user', schema: sessionOfUser } },
  handle: async ({ sessionToken }, { database }) => {
    const person = await personOf(sessionToken() ?? '', database);
    if (!person) throw new Problem('log-in-required'); // over since it was cached
    const { id: userId, expiresAt, ...rest } = person;
    const body: z.input<typeof sessionOfUser> = { userId, ...rest, expiresAt: expiresAt.toISOString() };
    return { status: 200, body };
  },
});
