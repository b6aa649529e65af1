import * as z from 'zod';
import { hashOfToken, makeToken } from '../../accounts/token';
import type { Database } from '../../runtime/database';
import { queueAccountEmail } from '../account-email';
import { withPassword } from '../known-password';
import { Problem } from '../problem';
import { route } from '../route';
import { password as anyPassword, linkToken } from '../schemas';
import { loggedIn, sessionForm } from '../session-answer';
import { sessionDays } from '../sessions';

interface Opened {
  readonly outcome: 'opened' | 'email-taken';
  readonly id: string;
  readonly expiresAt: Date;
  readonly emailId: string;
}

export const verifyUser = route({
  method: 'post',
  path: '/api/v1/users/verification',
  operationId: 'verifyUser',
  tag: 'Account',
  summary: 'Open the account that a link was sent for, and log in',
  access: 'anyone',
  limit: 'auth',
  body: z.strictObject({
    token: linkToken,
    password: anyPassword.meta({ description: 'The one that was registered: without it a link opens nothing, and stays' }),
  }),
  answers: { 201: { description: 'Opened and logged in', ...sessionForm } },
  problems: ['link-not-found', 'wrong-password', 'too-many-attempts', 'email-taken'],
  handle: async ({ body: { token: ofLink, password }, requestId, viewer }, parts) => {
    const link = hashOfToken(ofLink);
    const attempt = { account: link.toString('base64url'), password, requestId, viewer };
    await withPassword(
      attempt,
      () => registrationOf(link, parts.database),
      { missing: 'link-not-found', wrong: 'wrong-password' },
      parts,
    );
    const { token, hash } = makeToken();
    const { rows } = await parts.database.writer.query<Opened>(
      `select outcome, opened as id, session_ends as "expiresAt", email_id as "emailId" from open_account($1, $2, $3)`,
      [link, hash, sessionDays],
    );
    const [account] = rows;
    if (account?.outcome !== 'opened') throw new Problem(account?.outcome ?? 'link-not-found');
    parts.log.info('An account was opened', { requestId, viewer, userId: account.id });
    await queueAccountEmail({ id: account.emailId, type: 'welcome', requestId }, parts);
    return loggedIn({ id: account.id, role: 'customer' }, token, account.expiresAt);
  },
});

async function registrationOf(link: Buffer, { writer }: Database): Promise<{ readonly passwordHash: string } | undefined> {
  const { rows } = await writer.query<{ passwordHash: string }>(
    `select registrations.password_hash as "passwordHash"
       from account_links join registrations on registrations.id = account_links.registration_id
      where account_links.token_hash = $1 and account_links.purpose = 'verify-email' and account_links.expires_at > now()`,
    [link],
  );
  return rows[0];
}
