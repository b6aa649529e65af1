import type { Pool } from 'pg';

/** E-mails about an account; `migrations/sql/0010_accounts.sql` has the same names. */
export const accountEmailTypes = [
  'verify-email',
  'welcome',
  'password-reset',
  'password-changed',
  'email-change',
  'email-changed',
] as const;
export type AccountEmailType = (typeof accountEmailTypes)[number];

export interface AccountEmail {
  readonly type: AccountEmailType;
  /** In lower case. */
  readonly recipient: string;
  /** undefined where whoever asks may not learn whether there is an account: the worker looks, and writes to nobody or something else. */
  readonly userId?: string;
  /** Of `verify-email`. */
  readonly registrationId?: string;
  /** Of the request that asks for it. */
  readonly requestId: string;
}

/** For the queue `email`: the id of a row, no address and no token. */
export interface AccountEmailMessage {
  readonly id: string;
  readonly type: AccountEmailType;
  /** Of the request that asked for it. */
  readonly requestId: string;
}

/** Notes an e-mail that is to be sent; the same work whoever is asked for. The message goes to the queue once this is committed. */
export async function noteAccountEmail(
  database: Pick<Pool, 'query'>,
  { type, recipient, userId, registrationId, requestId }: AccountEmail,
): Promise<AccountEmailMessage> {
  const { rows } = await database.query<{ id: string }>(
    'insert into account_emails (type, recipient, user_id, registration_id, request_id) values ($1, $2, $3, $4, $5) returning id',
    [type, recipient, userId ?? null, registrationId ?? null, requestId],
  );
  return { id: rows[0]?.id ?? '', type, requestId };
}
