import { createHash } from 'node:crypto';
import * as z from 'zod';
import { noPasswordYet } from '../../accounts/former-password';
import type { Database } from '../../runtime/database';
import { accountKey } from '../account-key';
import { type FormerPassword, isFormerPassword } from '../former-passwords';
import { withPassword } from '../known-password';
import { hashPassword, isPassword } from '../passwords';
import { Problem } from '../problem';
import { route } from '../route';
import { password as anyPassword, emailAddress } from '../schemas';
import { loggedIn, sessionForm } from '../session-answer';
import { startSession, type User } from '../sessions';

const credentials = z.strictObject({
  email: emailAddress.meta({ example: 'ann@example.com' }),
  password: anyPassword,
});

export const logIn = route({
  method: 'post',
  path: '/api/v1/auth/session',
  operationId: 'logIn',
  tag: 'Session',
  summary: 'Log in: sets the cookie of a session',
  access: 'anyone',
  limit: 'auth',
  challenged: true,
  body: credentials,
  answers: { 201: { description: 'Logged in', ...sessionForm } },
  problems: ['wrong-credentials', 'too-many-attempts'],
  handle: async ({ body: { email, password }, requestId, viewer }, parts) => {
    const account = accountKey(email);
    const attempt = { account, password, requestId, viewer };
    const asked = askedFor(email, password, parts.database);
    const known = await withPassword(attempt, asked.load, { wrong: 'wrong-credentials' }, parts, asked.matches);
    const user = asked.byFormer() ? await takeOver(known, password, parts.database) : known;
    const session = user && (await startSession(parts.database, user));
    if (!user || !session) throw new Problem('wrong-credentials'); // another one by now
    parts.log.info('Logged in', { requestId, viewer, account, userId: user.id });
    return loggedIn(user, session.token, session.expiresAt);
  },
});

interface Known extends User {
  readonly passwordHash: string;
}

/** Also for an address that nobody has, one row: its log-in takes as long as that of somebody who comes from a former store. */
type Row = { readonly [name in keyof Known]: Known[name] | null } & {
  readonly formerScheme: string | null;
  readonly formerHash: string | null;
};

/** $2: where the address's hash falls among those of a former store, whose places are random: always at the same one. */
const userSql = `
  select users.id, users.role, users.password_hash as "passwordHash", case when users.password_hash = $3 then own.hash end as "formerHash",
         coalesce(own.scheme, (select scheme from former_passwords where place >= $2::uuid order by place limit 1),
                  (select scheme from former_passwords order by place limit 1)) as "formerScheme"
    from (select $1::text as email) as asked
    left join users on users.email = asked.email
    left join former_passwords own on own.user_id = users.id`;

/** The user of an address, and whether a password is theirs: by our hash, or by that of a former store. Both are computed for everybody. */
function askedFor(email: string, password: string, { writer }: Database) {
  let former: FormerPassword | undefined;
  let byFormer = false;
  return {
    load: async (): Promise<Known | undefined> => {
      const place = createHash('sha256').update(email).digest('hex').slice(0, 32);
      const { rows } = await writer.query<Row>(userSql, [email, place, noPasswordYet]);
      const [{ id, role, passwordHash, formerScheme: scheme, formerHash: hash }] = rows as [Row];
      former = scheme === null ? undefined : { scheme, hash };
      return id === null || role === null || passwordHash === null ? undefined : { id, role, passwordHash };
    },
    matches: async (found: Known | undefined): Promise<boolean> => {
      byFormer = former !== undefined && (await isFormerPassword(password, former));
      return (await isPassword(password, found?.passwordHash)) || byFormer;
    },
    byFormer: () => byFormer,
  };
}

/** From now on the password is hashed in our way; a trigger ends the former hash. undefined: there is another one by now. */
async function takeOver(known: Known, password: string, { writer }: Database): Promise<Known | undefined> {
  const passwordHash = await hashPassword(password);
  const { rowCount } = await writer.query('update users set password_hash = $2 where id = $1 and password_hash = $3', [
    known.id,
    passwordHash,
    known.passwordHash,
  ]);
  return rowCount === 1 ? { ...known, passwordHash } : undefined;
}
