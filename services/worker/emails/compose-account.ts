import type { Pool } from 'pg';
import type { AccountEmailMessage } from '../../accounts/account-emails';
import { keepLink, type LinkOwner, type LinkPurpose } from '../../accounts/links';
import { makeToken } from '../../accounts/token';
import { accountEmail } from './account-email';
import type { Composed } from './composed';

interface Row {
  readonly recipient: string;
  /** Of whom the e-mail is; null where whoever asked for it may not learn whether there is somebody. */
  readonly user: User | null;
  /** Who has the recipient's address. */
  readonly holder: User | null;
  /** null: there is none, or its time is over. */
  readonly registrationId: string | null;
}

interface User {
  readonly id: string;
  readonly name: string;
  readonly erased: boolean;
}

const userJson = (of: string): string =>
  `(select json_build_object('id', id, 'name', name, 'erased', erased_at is not null) from users where ${of})`;

/**
 * Decides, as it is now, who is to have an e-mail that somebody asked for. A link's token is made here, so that nobody but the e-mail has it: one that is
 * tried again has another.
 */
export async function composeAccountEmail(
  database: Pick<Pool, 'query'>,
  siteUrl: string,
  { id, type }: Pick<AccountEmailMessage, 'id' | 'type'>,
): Promise<Composed> {
  const { rows } = await database.query<Row>(
    `select recipient, ${userJson('users.id = asked.user_id')} as user, ${userJson('users.email = asked.recipient')} as holder,
            (select id from registrations where id = asked.registration_id and expires_at > now()) as "registrationId"
       from account_emails as asked where id = $1 and type = $2`,
    [id, type],
  );
  const [row] = rows;
  if (!row) return nobody(withdrawn);
  const { recipient: to, user, registrationId } = row;
  const holder = row.holder?.erased === true ? null : row.holder;
  const withLink = async (page: LinkPurpose, owner: LinkOwner, name: string): Promise<Composed> => {
    const { token, hash } = makeToken();
    const kept = await keepLink(database, { hash, purpose: page, owner, email: to, accountEmailId: id });
    if (!kept) return nobody(withdrawn);
    return { to, ...accountEmail(type, { name, siteUrl, link: { page, token } }) };
  };
  const accountExists = ({ name }: User): Composed => ({ to, ...accountEmail('account-exists', { name, siteUrl }) });

  if (type === 'verify-email') {
    if (holder) return accountExists(holder);
    return registrationId === null ? nobody('the registration is over') : withLink(type, { registrationId }, '');
  }
  if (type === 'password-reset')
    return holder ? withLink(type, { userId: holder.id }, holder.name) : nobody('nobody has the address');
  if (!user || user.erased) return nobody('the user is erased');
  if (type === 'email-change') {
    if (holder?.id === user.id) return nobody('the user has the address already');
    return holder ? accountExists(holder) : withLink(type, { userId: user.id }, '');
  }
  return { to, ...accountEmail(type, { name: user.name, siteUrl }) };
}

const withdrawn = 'nobody asks for it any more';
const nobody = (reason: string): Composed => ({ to: undefined, reason });
