import { createHash, randomBytes } from 'node:crypto';
import { sessionCookie } from '../../services/api/sessions';
import type { BenchStore } from './bench-store';

export interface Person {
  readonly id: string;
  /** Header of somebody who is logged in. */
  readonly cookie: string;
}

/** Customers with a session each, put into the database as a log-in would: argon2id for a thousand takes longer than what is measured. */
export async function makePeople({ sql }: Pick<BenchStore, 'sql'>, count: number, role = 'customer'): Promise<readonly Person[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'));
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest());
  const users = await sql<{ id: string }>(
    `with people as (
       insert into users (email, password_hash, role)
       select 'bench-' || gen_random_uuid() || '@example.com', 'none', $3 from generate_series(1, $1::int)
       returning id
     ), started as (
       insert into sessions (token_hash, user_id, expires_at)
       select hash, id, now() + interval '1 day'
         from (select id, row_number() over () as number from people) as numbered
         join unnest($2::bytea[]) with ordinality as tokens (hash, number) using (number)
       returning token_hash, user_id
     )
     select user_id as id from started join unnest($2::bytea[]) with ordinality as tokens (token_hash, number) using (token_hash) order by number`,
    [count, hashes, role],
  );
  return users.map(({ id }, index) => ({ id, cookie: `${sessionCookie}=${tokens[index]}` }));
}

/** Who may read the API's own metrics. */
export async function makeAdmin(store: Pick<BenchStore, 'sql'>): Promise<Person> {
  const [admin] = await makePeople(store, 1, 'admin');
  if (!admin) throw new Error('No admin was made');
  return admin;
}
