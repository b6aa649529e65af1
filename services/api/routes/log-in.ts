import { serialize } from 'hono/utils/cookie';
import * as z from 'zod';
import { isPassword } from '../passwords';
import { Problem } from '../problem';
import { route } from '../route';
import { id, plainText, time } from '../schemas';
import { sessionCookie, startSession } from '../sessions';

const credentials = z.strictObject({
  email: plainText(254).min(3).meta({ example: 'ann@example.com' }),
  password: plainText(200).min(1).meta({ example: 'ann-buys-shoes' }),
});
const session = z.object({ userId: id, role: z.enum(['customer', 'admin']), expiresAt: time }).meta({ id: 'Session' });

export const logIn = route({
  method: 'post',
  path: '/api/v1/auth/session',
  operationId: 'logIn',
  tag: 'Session',
  summary: 'Log in: sets the cookie of a session',
  access: 'anyone',
  limit: 'auth',
  body: credentials,
  answers: { 201: { description: 'Logged in', schema: session, headers: { 'set-cookie': 'The session’s cookie' } } },
  problems: ['wrong-credentials'],
  handle: async ({ body: { email, password } }, { database }) => {
    const { rows } = await database.writer.query<{ id: string; role: 'customer' | 'admin'; password_hash: string }>(
      'select id, role, password_hash from users where email = lower($1)',
      [email],
    );
    const [user] = rows;
    if (!(await isPassword(password, user?.password_hash)) || !user) throw new Problem('wrong-credentials');
    const { token, expiresAt } = await startSession(database, user.id);
    const body: z.input<typeof session> = { userId: user.id, role: user.role, expiresAt: expiresAt.toISOString() };
    return { status: 201, body, headers: { 'set-cookie': cookie(token, expiresAt) } };
  },
});

const cookie = (token: string, expires: Date): string =>
  serialize(sessionCookie, token, { path: '/', httpOnly: true, secure: true, sameSite: 'Lax', expires });
