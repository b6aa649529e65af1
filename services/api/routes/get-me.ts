import { Problem } from '../problem';
import { route } from '../route';
import { type UserRow, userColumns, userOfRow, user as userSchema } from '../user';

export const getMe = route({
  method: 'get',
  path: '/api/v1/users/me',
  operationId: 'getMe',
  tag: 'Account',
  summary: 'One’s own account',
  access: 'customer',
  limit: 'api',
  answers: { 200: { description: 'The account', schema: userSchema } },
  handle: async ({ user }, { database }) => {
    const { rows } = await database.writer.query<UserRow>(
      `select ${userColumns} from users where id = $1 and erased_at is null`,
      [user.id],
    );
    if (!rows[0]) throw new Problem('log-in-required'); // gone since the session was cached
    return { status: 200, body: userOfRow(rows[0]) };
  },
});
