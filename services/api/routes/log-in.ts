import { createHash } from 'node:crypto';
import { serialize } from 'hono/utils/cookie';
import * as z from 'zod';
import { isPassword } from '../passwords';
import { Problem } from '../problem';
import { route } from '../route';
import { emailAddress, id, plainText, time } from '../schemas';
import { sessionCookie, startSession } from '../sessions';
import { tooMany } from '../too-many';

const credentials = z.strictObject({
  email: emailAddress.meta({ example: 'ann@example.com' }),
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
  challenged: true,
  body: credentials,
  answers: { 201: { description: 'Logged in', schema: session, headers: { 'set-cookie': 'The session’s cookie' } } },
  problems: ['wrong-credentials', 'too-many-attempts'],
  handle: async ({ body: { email, password }, requestId, viewer }, { database, rateLimits, log }) => {
    const account = accountOf(email);
    const attempt = await rateLimits.attempt(account);
    if (!attempt.allowed) {
      log.warn('A log-in was refused: too many attempts', { requestId, viewer, account });
      throw tooMany('too-many-attempts', attempt);
    }
    const { rows } = await database.writer.query<{ id: string; role: 'customer' | 'admin'; password_hash: string }>(
      'select id, role, password_hash from users where email = $1',
      [email],
    );
    const [user] = rows;
    const fields = { requestId, viewer, account, userId: user?.id };
    if (!(await isPassword(password, user?.password_hash)) || !user) {
      log.warn('A log-in failed', fields);
      throw new Problem('wrong-credentials');
    }
    await rateLimits.succeeded(account);
    log.info('Logged in', fields);
    const { token, expiresAt } = await startSession(database, user.id);
    const body: z.input<typeof session> = { userId: user.id, role: user.role, expiresAt: expiresAt.toISOString() };
    return { status: 201, body, headers: { 'set-cookie': cookie(token, expiresAt) } };
  },
});

/** What counts and logs know an account by, whether it is there or not: nobody reads an address out of it who does not know it. */
const accountOf = (email: string): string => createHash('sha256').update(email).digest('base64url').slice(0, 22);

const cookie = (token: string, expires: Date): string =>
  serialize(sessionCookie, token, { path: '/', httpOnly: true, secure: true, sameSite: 'Lax', expires });
