import * as z from 'zod';
import { hashOfToken } from '../../accounts/token';
import type { Database } from '../../runtime/database';
import { queueAccountEmail } from '../account-email';
import { refuseAddress } from '../known-password';
import { hashPassword } from '../passwords';
import { Problem } from '../problem';
import { route } from '../route';
import { linkToken, newPassword as newPasswordSchema } from '../schemas';

export const resetPassword = route({
  method: 'post',
  path: '/api/v1/auth/password',
  operationId: 'resetPassword',
  tag: 'Account',
  summary: 'Change a password by the link that was sent: every session ends',
  access: 'anyone',
  limit: 'auth',
  body: z.strictObject({ token: linkToken, newPassword: newPasswordSchema }),
  answers: { 204: { description: 'Changed: log in by it' } },
  problems: ['link-not-found'],
  handle: async ({ body: { token, newPassword }, requestId, viewer }, parts) => {
    const link = hashOfToken(token);
    const email = await readerOf(link, parts.database);
    if (email === undefined) throw new Problem('link-not-found');
    refuseAddress('newPassword', newPassword, email);
    const { rows } = await parts.database.writer.query<{ userId: string; emailId: string }>(
      'select of_user as "userId", email_id as "emailId" from reset_password($1, $2)',
      [link, await hashPassword(newPassword)],
    );
    const [changed] = rows;
    if (!changed) throw new Problem('link-not-found'); // used by somebody else in the meantime
    parts.sessionEnds.expire();
    parts.log.info('A password was reset', { requestId, viewer, userId: changed.userId });
    await queueAccountEmail({ id: changed.emailId, type: 'password-changed', requestId }, parts);
    return { status: 204 };
  },
});

async function readerOf(link: Buffer, { writer }: Database): Promise<string | undefined> {
  const { rows } = await writer.query<{ email: string }>(
    `select email from account_links where token_hash = $1 and purpose = 'password-reset' and expires_at > now()`,
    [link],
  );
  return rows[0]?.email;
}
