import * as z from 'zod';
import { route } from '../route';
import { id } from '../schemas';
import { endSessionsOf } from '../sessions';

export const endSessionsOfUser = route({
  method: 'delete',
  path: '/api/v1/users/{userId}/sessions',
  operationId: 'endSessionsOfUser',
  tag: 'Operations',
  summary: 'End every session of a user, as when an account has been stolen',
  access: 'operator',
  limit: 'writes',
  params: z.object({ userId: id }),
  answers: { 204: { description: 'None is left' } },
  handle: async ({ params: { userId }, requestId }, parts) => {
    parts.log.info('The sessions of a user are ended', { requestId, userId });
    await endSessionsOf(userId, parts);
    return { status: 204 };
  },
});
