import type { ApiParts } from './parts';
import { isPassword } from './passwords';
import { Problem, type ProblemCode } from './problem';
import { tooMany } from './too-many';

interface Attempt {
  /** What attempts are counted by, and the log knows the account by. */
  readonly account: string;
  readonly password: string;
  readonly requestId: string;
  /** The viewer's address. */
  readonly viewer: string;
}

/** Of a user, whose id it then has, or of a registration. */
interface Protected {
  readonly id?: string;
  readonly passwordHash: string;
}

/** Codes for whoever does not get what they ask for. */
interface Refusals {
  /** There is nothing of the kind. @default - as with a wrong password, after the same work */
  readonly missing?: ProblemCode;
  readonly wrong: ProblemCode;
}

/** What `load` gives, to whoever knows its password; `matches` takes as long where it gave nothing. @throws {Problem} `too-many-attempts`, before `load` is asked; or one of `refusals` */
export async function withPassword<T extends Protected>(
  { password, ...attempted }: Attempt,
  load: () => Promise<T | undefined>,
  { missing, wrong }: Refusals,
  { rateLimits, log }: Pick<ApiParts, 'rateLimits' | 'log'>,
  matches: (found: T | undefined) => Promise<boolean> = (found) => isPassword(password, found?.passwordHash),
): Promise<T> {
  const attempt = await rateLimits.attempt(attempted.account);
  if (!attempt.allowed) {
    log.warn('A password was not tried: too many attempts', attempted);
    throw tooMany('too-many-attempts', attempt);
  }
  const found = await load();
  if (!found && missing) throw new Problem(missing);
  if (!(await matches(found)) || !found) {
    log.warn('A password was wrong', { ...attempted, userId: found?.id });
    throw new Problem(wrong);
  }
  await rateLimits.succeeded(attempted.account);
  return found;
}

interface Owner extends Protected {
  readonly email: string;
}

/** The account of whoever is logged in, to whoever knows its password, too: a session may be somebody else's by now. @throws as `withPassword` */
export const ownAccount = (
  userId: string,
  attempt: Omit<Attempt, 'account'>,
  parts: Pick<ApiParts, 'database' | 'rateLimits' | 'log'>,
): Promise<Owner> =>
  withPassword(
    { ...attempt, account: userId },
    async () => {
      const { rows } = await parts.database.writer.query<Owner>(
        'select id, email, password_hash as "passwordHash" from users where id = $1 and erased_at is null',
        [userId],
      );
      return rows[0];
    },
    { missing: 'log-in-required', wrong: 'wrong-password' },
    parts,
  );

/** What everybody who knows the address tries first. @throws {Problem} `invalid-request` */
export function refuseAddress(field: string, password: string, email: string): void {
  if (password.toLowerCase() !== email) return;
  throw new Problem('invalid-request', { errors: [{ in: 'body', path: field, message: 'is the e-mail address' }] });
}
