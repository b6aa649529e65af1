import * as z from 'zod';
import { ownAccount } from '../known-password';
import { Problem } from '../problem';
import { route } from '../route';
import { password } from '../schemas';
import { clearedCookie } from '../sessions';

export const eraseMe = route({
  method: 'delete',
  path: '/api/v1/users/me',
  operationId: 'eraseMe',
  tag: 'Account',
  summary: 'Erase one’s account: orders stay without the person, everything else of it goes',
  access: 'customer',
  limit: 'writes',
  body: z.strictObject({ currentPassword: password }),
  answers: { 204: { description: 'Erased and logged out', headers: { 'set-cookie': 'Deletes the session cookie' } } },
  problems: ['wrong-password', 'too-many-attempts', 'order-pending'],
  handle: async ({ body: { currentPassword }, user, requestId, viewer }, parts) => {
    const { passwordHash } = await ownAccount(user.id, { password: currentPassword, requestId, viewer }, parts);
    const { rows } = await parts.database.writer.query<{ outcome: 'erased' | 'order-pending' | null }>(
      'select erase_user($1, $2) as outcome',
      [user.id, passwordHash],
    );
    const outcome = rows[0]?.outcome ?? 'wrong-password'; // changed by somebody else in the meantime
    if (outcome !== 'erased') throw new Problem(outcome);
    parts.sessionEnds.expire();
    parts.log.info('An account was erased', { requestId, userId: user.id });
    return { status: 204, headers: { 'set-cookie': clearedCookie } };
  },
});
