import * as z from 'zod';
import { formerHashForms, noPasswordYet, parseFormerHash } from '../../../accounts/former-password';
import { plainText, time } from '../../../runtime/forms';
import type { Kind } from '../kind';

/** Not later than now. */
export const pastTime = time.refine((text) => Date.parse(text) <= Date.now(), 'is not over yet');

/** In ASCII, as SES takes addresses: lower case is then the same here and in PostgreSQL. */
export const address = z
  .string()
  .max(254)
  .regex(/^[!-?A-~]+@[!-?A-~]+$/, 'is no e-mail address in ASCII')
  .toLowerCase();

const schema = z.strictObject({
  email: address,
  name: plainText(100)
    // oxlint-disable-next-line no-control-regex -- one line
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'has a control character')
    .optional(),
  passwordHash: z
    .string()
    .refine((hash) => parseFormerHash(hash) !== undefined, formerHashForms)
    .optional(),
  orderEmails: z.boolean().optional(),
  createdAt: pastTime.optional(),
});

/**
 * $1, $2: the first and the last row; $3: the text of who has no password here. Whoever has one rules over the account, and is kept as they are. The lock
 * makes sure of it: a log-in that is giving them one ends before, or after this import.
 */
const writeSql = `
  with waiting as materialized (
    select u.id, u.name, u.order_emails, r.row from users u join import_rows r on r.key = u.email
     where r.number between $1 and $2 and u.password_hash = $3 order by u.id for no key update of u
  ), changed as (
    update users u set name = coalesce(w.row ->> 'name', u.name), order_emails = coalesce((w.row ->> 'orderEmails')::boolean, u.order_emails)
      from waiting w
     where w.id = u.id and (coalesce(w.row ->> 'name', w.name), coalesce((w.row ->> 'orderEmails')::boolean, w.order_emails))
                           is distinct from (w.name, w.order_emails)
    returning u.id
  ), rehashed as (
    insert into former_passwords as f (user_id, hash, scheme)
    select id, row ->> 'passwordHash', row ->> 'scheme' from waiting where row ? 'passwordHash'
    on conflict (user_id) do update set hash = excluded.hash, scheme = excluded.scheme where f.hash is distinct from excluded.hash
    returning f.user_id
  ), created as (
    insert into users (email, name, password_hash, order_emails, created_at)
    select r.key, coalesce(r.row ->> 'name', ''), $3, coalesce((r.row ->> 'orderEmails')::boolean, true),
           coalesce((r.row ->> 'createdAt')::timestamptz, now())
      from import_rows r
     where r.number between $1 and $2 and not exists (select from users where users.email = r.key) order by r.number
    returning id, email
  ), hashed as (
    insert into former_passwords (user_id, hash, scheme)
    select c.id, r.row ->> 'passwordHash', r.row ->> 'scheme' from created c join import_rows r on r.key = c.email where r.row ? 'passwordHash'
  )
  select (select count(*) from created)::int as created, (select count(*) from waiting)::int as waiting,
         (select count(*) from (select id from changed union select user_id from rehashed) as touched)::int as changed`;

interface Written {
  readonly created: number;
  readonly waiting: number;
  readonly changed: number;
}

export const customers: Kind = {
  form: {
    schema,
    cells: { email: 'text', name: 'text', passwordHash: 'text', orderEmails: 'boolean', createdAt: 'text' },
    key: 'email',
    derived: ({ passwordHash }) => {
      const scheme = parseFormerHash(String(passwordHash))?.scheme;
      return scheme === undefined ? {} : { scheme: JSON.stringify(scheme) };
    },
    hidden: ['passwordHash'],
  },
  check: async () => undefined,
  write: async ({ client }, { first, last }) => {
    const { rows } = await client.query<Written>(writeSql, [first, last, noPasswordYet]);
    const [{ created, waiting, changed }] = rows as [Written];
    return { created, changed, unchanged: waiting - changed, kept: last - first + 1 - created - waiting };
  },
};
