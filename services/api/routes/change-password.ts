import * as z from 'zod';
import { makeToken } from '../../accounts/token';
import { queueAccountEmail } from '../account-email';
import { ownAccount, refuseAddress } from '../known-password';
import { hashPassword } from '../passwords';
import { Problem } from '../problem';
import { route } from '../route';
import { newPassword, password } from '../schemas';
import { loggedIn, sessionForm } from '../session-answer';
import { sessionDays } from '../sessions';

export const changePassword = route({
  method: 'put',
  path: '/api/v1/users/me/password',
  operationId: 'changePassword',
  tag: 'Account',
  summary: 'Change one’s password: every session ends, and this browser gets a new one',
  access: 'customer',
  limit: 'writes',
  body: z.strictObject({ currentPassword: password, newPassword }),
  answers: { 201: { description: 'Changed, and logged in anew', ...sessionForm } },
  problems: ['wrong-password', 'too-many-attempts'],
  handle: async ({ body, user, requestId, viewer }, parts) => {
    const { email, passwordHash } = await ownAccount(user.id, { password: body.currentPassword, requestId, viewer }, parts);
    refuseAddress('newPassword', body.newPassword, email);
    const { token, hash } = makeToken();
    const { rows } = await parts.database.writer.query<{ emailId: string; expiresAt: Date }>(
      'select email_id as "emailId", session_ends as "expiresAt" from change_password($1, $2, $3, $4, $5)',
      [user.id, passwordHash, await hashPassword(body.newPassword), hash, sessionDays],
    );
    const [changed] = rows;
    if (!changed) throw new Problem('wrong-password'); // changed by somebody else in the meantime
    parts.sessionEnds.expire();
    parts.log.info('A password was changed', { requestId, viewer, userId: user.id });
    await queueAccountEmail({ id: changed.emailId, type: 'password-changed', requestId }, parts);
    return loggedIn(user, token, changed.expiresAt);
  },
});
