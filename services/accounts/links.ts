import type { Pool } from 'pg';

/** What a link that works once is for. */
export const linkPurposes = ['verify-email', 'password-reset', 'email-change'] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

/** Hours that a link works: one for a password, as the store's issue says; a day for an address, since e-mail may be slow (an assumption). */
export const linkHours: Readonly<Record<LinkPurpose, number>> = { 'verify-email': 24, 'password-reset': 1, 'email-change': 24 };

/** Of a registration, or of a user. */
export type LinkOwner = { readonly registrationId: string } | { readonly userId: string };

export interface NewLink {
  readonly hash: Buffer;
  readonly purpose: LinkPurpose;
  readonly owner: LinkOwner;
  /** Whose reader has the link. */
  readonly email: string;
  /** Row of the e-mail that brings it. @default - none does */
  readonly accountEmailId?: string;
}

/** Whether it is kept: not where nobody asks for its e-mail any more, such as after another password, which waits for this or is waited for. */
export async function keepLink(
  database: Pick<Pool, 'query'>,
  { hash, purpose, owner, email, accountEmailId }: NewLink,
): Promise<boolean> {
  const { rowCount } = await database.query(
    `with asked as (select from account_emails where id = $7 for share)
     insert into account_links (token_hash, purpose, user_id, registration_id, email, expires_at)
     select $1, $2, $3, $4, $5, now() + make_interval(hours => $6) where $7::uuid is null or exists (select from asked)`,
    [
      hash,
      purpose,
      'userId' in owner ? owner.userId : null,
      'registrationId' in owner ? owner.registrationId : null,
      email,
      linkHours[purpose],
      accountEmailId ?? null,
    ],
  );
  return rowCount === 1;
}
