import * as z from 'zod';
import { hashOfToken } from '../../accounts/token';
import { queueAccountEmail } from '../account-email';
import { Problem } from '../problem';
import { route } from '../route';
import { linkToken, reachableAddress } from '../schemas';

interface Changed {
  readonly outcome: 'changed' | 'email-taken';
  readonly email: string;
  readonly emailId: string;
}

export const confirmEmail = route({
  method: 'post',
  path: '/api/v1/users/me/email',
  operationId: 'confirmEmail',
  tag: 'Account',
  summary: 'Take the address that a link was sent to for one’s own; the address of before is told',
  access: 'customer',
  limit: 'writes',
  body: z.strictObject({ token: linkToken }),
  answers: { 200: { description: 'Changed', schema: z.object({ email: reachableAddress }) } },
  problems: ['link-not-found', 'email-taken'],
  handle: async ({ body: { token }, user, requestId }, parts) => {
    const { rows } = await parts.database.writer.query<Changed>(
      `select outcome, address as email, email_id as "emailId" from change_email($1, $2)`,
      [user.id, hashOfToken(token)],
    );
    const [changed] = rows;
    if (changed?.outcome !== 'changed') throw new Problem(changed?.outcome ?? 'link-not-found');
    parts.log.info('The e-mail address of an account was changed', { requestId, userId: user.id });
    await queueAccountEmail({ id: changed.emailId, type: 'email-changed', requestId }, parts);
    return { status: 200, body: { email: changed.email } };
  },
});
