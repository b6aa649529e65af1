import * as z from 'zod';
import { hashOfToken } from '../../accounts/token';
import { emailStopsPath } from '../../contract';
import { route } from '../route';
import { linkToken } from '../schemas';

/** Mail programs send a form by a program of their provider, and people a page with no body: neither is read (RFC 8058, 3.2). */
export const stopEmails = route({
  method: 'post',
  path: `${emailStopsPath}/{token}`,
  operationId: 'stopEmails',
  tag: 'Notifications',
  summary: 'No more e-mails about the wish list, by the token of one of them; nobody has to log in for it',
  access: 'anyone',
  limit: 'api',
  params: z.object({ token: linkToken }),
  answers: { 204: { description: 'There are no more of them; also where the token is of no e-mail, or of an old one' } },
  handle: async ({ params: { token }, requestId }, { database, log }) => {
    const { rows } = await database.writer.query<{ id: string }>(
      `update users set restock_emails = false
        where id = (select user_id from notifications where stop_hash = $1) returning id`,
      [hashOfToken(token)],
    );
    log.info('E-mails about the wish list were stopped', { requestId, userId: rows[0]?.id ?? null });
    return { status: 204 };
  },
});
