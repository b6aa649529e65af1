import * as z from 'zod';
import { queueAccountEmail } from '../account-email';
import { ownAccount } from '../known-password';
import { Problem } from '../problem';
import { route } from '../route';
import { password, personName, reachableAddress } from '../schemas';
import { notificationSettings, type UserRow, userColumns, userOfRow, user as userSchema } from '../user';

export const changeMe = route({
  method: 'patch',
  path: '/api/v1/users/me',
  operationId: 'changeMe',
  tag: 'Account',
  summary:
    'Change one’s name or how one is told of orders and wishes; or ask for another address, which changes by the link that is sent to it',
  access: 'customer',
  limit: 'writes',
  body: z
    .strictObject({
      name: personName.optional(),
      orderEmails: z
        .boolean()
        .optional()
        .meta({ description: 'The same as `email` in `notifications.orders`, which counts where both are given' }),
      notifications: notificationSettings.partial().optional().meta({ description: 'By kind; a kind that is left out stays' }),
      email: reachableAddress.optional().meta({
        description: 'Gets an e-mail, whether it has an account or not; `currentPassword` is needed',
        example: 'ann@example.org',
      }),
      currentPassword: password.optional(),
    })
    .refine(({ email, currentPassword }) => email === undefined || currentPassword !== undefined, {
      path: ['currentPassword'],
      error: 'is needed for another e-mail address',
    }),
  answers: { 200: { description: 'The account; its address is the one of before', schema: userSchema } },
  problems: ['wrong-password', 'too-many-attempts'],
  handle: async ({ body: { name, orderEmails, notifications = {}, email, currentPassword }, user, requestId, viewer }, parts) => {
    if (currentPassword !== undefined) await ownAccount(user.id, { password: currentPassword, requestId, viewer }, parts);
    const wanted = email !== undefined && (await parts.rateLimits.email('email-change', email)).allowed ? email : null;
    const { rows } = await parts.database.writer.query<UserRow & { readonly emailId: string | null }>(
      `with changed as (
         update users
            set name = coalesce($2, name), order_emails = coalesce($3, order_emails), order_in_app = coalesce($5, order_in_app),
                restock_emails = coalesce($6, restock_emails), restock_in_app = coalesce($7, restock_in_app)
          where id = $1 and erased_at is null
         returning ${userColumns}
       ), noted as (
         insert into account_emails (type, recipient, user_id, request_id) select 'email-change', $4, id, $8 from changed where $4 <> email
         returning id
       )
       select changed.*, (select id from noted) as "emailId" from changed`,
      [
        user.id,
        name ?? null,
        notifications.orders?.includes('email') ?? orderEmails ?? null,
        wanted,
        notifications.orders?.includes('in-app') ?? null,
        notifications.backInStock?.includes('email') ?? null,
        notifications.backInStock?.includes('in-app') ?? null,
        requestId,
      ],
    );
    const [row] = rows;
    if (!row) throw new Problem('log-in-required'); // gone since the session was cached
    if (row.emailId !== null) await queueAccountEmail({ id: row.emailId, type: 'email-change', requestId }, parts);
    return { status: 200, body: userOfRow(row) };
  },
});
