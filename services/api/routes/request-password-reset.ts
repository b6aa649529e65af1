import * as z from 'zod';
import { noteAccountEmail } from '../../accounts/account-emails';
import { queueAccountEmail } from '../account-email';
import { route } from '../route';
import { reachableAddress } from '../schemas';

export const requestPasswordReset = route({
  method: 'post',
  path: '/api/v1/auth/password-resets',
  operationId: 'requestPasswordReset',
  tag: 'Account',
  summary: 'Ask for a link by which a forgotten password is changed',
  access: 'anyone',
  limit: 'emails',
  challenged: true,
  body: z.strictObject({ email: reachableAddress.meta({ example: 'ann@example.com' }) }),
  answers: { 202: { description: 'The address gets an e-mail if it has an account; a few an hour at the most' } },
  // Never looks for a user, as with a registration.
  handle: async ({ body: { email }, requestId }, parts) => {
    if (!(await parts.rateLimits.email('password-reset', email)).allowed) return { status: 202 };
    const message = await noteAccountEmail(parts.database.writer, { type: 'password-reset', recipient: email, requestId });
    await queueAccountEmail(message, parts);
    return { status: 202 };
  },
});
