import * as z from 'zod';
import type { Database } from '../../runtime/database';
import { accountKey } from '../account-key';
import { withPassword } from '../known-password';
import { Problem } from '../problem';
import { route } from '../route';
import { password as anyPassword, emailAddress } from '../schemas';
import { loggedIn, sessionForm } from '../session-answer';
import { startSession, type User } from '../sessions';

const credentials = z.strictObject({
  email: emailAddress.meta({ example: 'ann@example.com' }),
  password: anyPassword,
});

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
  answers: { 201: { description: 'Logged in', ...sessionForm } },
  problems: ['wrong-credentials', 'too-many-attempts'],
  handle: async ({ body: { email, password }, requestId, viewer }, parts) => {
    const account = accountKey(email);
    const attempt = { account, password, requestId, viewer };
    const user = await withPassword(attempt, () => userWith(email, parts.database), { wrong: 'wrong-credentials' }, parts);
    const session = await startSession(parts.database, user);
    if (!session) throw new Problem('wrong-credentials'); // another one by now
    parts.log.info('Logged in', { requestId, viewer, account, userId: user.id });
    return loggedIn(user, session.token, session.expiresAt);
  },
});

async function userWith(email: string, { writer }: Database): Promise<(User & { readonly passwordHash: string }) | undefined> {
  const { rows } = await writer.query<User & { passwordHash: string }>(
    'select id, role, password_hash as "passwordHash" from users where email = $1',
    [email],
  );
  return rows[0];
}
