import * as z from 'zod';
import { noteAccountEmail } from '../../accounts/account-emails';
import { linkHours } from '../../accounts/links';
import { queueAccountEmail } from '../account-email';
import { refuseAddress } from '../known-password';
import { hashPassword } from '../passwords';
import { route } from '../route';
import { newPassword, personName, reachableAddress } from '../schemas';

export const registerUser = route({
  method: 'post',
  path: '/api/v1/users',
  operationId: 'registerUser',
  tag: 'Account',
  summary: 'Ask for an account: it is opened by the link that is sent to the address',
  access: 'anyone',
  limit: 'emails',
  challenged: true,
  body: z.strictObject({
    email: reachableAddress.meta({ example: 'eve@example.com' }),
    password: newPassword,
    name: personName
      .default('')
      .meta({ description: 'For greetings; its first word stands beside what the customer writes of products' }),
  }),
  answers: { 202: { description: 'The address gets an e-mail, whether it has an account or not; a few an hour at the most' } },
  // Never looks for a user: whoever asks learns nothing, neither from the answer nor from its time. The worker looks, and may write something else.
  handle: async ({ body: { email, password, name }, requestId }, parts) => {
    const { writer } = parts.database;
    refuseAddress('password', password, email);
    const passwordHash = await hashPassword(password);
    if (!(await parts.rateLimits.email('verify-email', email)).allowed) return { status: 202 };
    const { rows } = await writer.query<{ id: string }>(
      `insert into registrations (email, name, password_hash, expires_at) values ($1, $2, $3, now() + make_interval(hours => $4))
       returning id`,
      [email, name, passwordHash, linkHours['verify-email']],
    );
    const registration = { type: 'verify-email', recipient: email, registrationId: rows[0]?.id ?? '', requestId } as const;
    await queueAccountEmail(await noteAccountEmail(writer, registration), parts);
    return { status: 202 };
  },
});
