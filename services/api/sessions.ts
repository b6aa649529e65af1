import { serialize } from 'hono/utils/cookie';
import { hashOfToken, makeToken, tokenForm } from '../accounts/token';
import { cacheTimes } from '../cache-aside/cache-times';
import type { Database } from '../runtime/database';
import type { ApiParts } from './parts';

export interface User {
  readonly id: string;
  readonly role: 'customer' | 'admin';
}

interface Session extends User {
  readonly expiresAt: string;
  /** What the database had committed when it was loaded. */
  readonly snapshot: string;
}

/** For the browser's eyes only: no script reads it, no other site sends it along, no subdomain sets it. */
export const sessionCookie = '__Host-session';

/** The name of a cookie where pages of other sites call the API: a name of its own, so that neither kind is ever read for the other. */
export const partitioned = (name: string): string => name.replace('__Host-', '__Host-partitioned-');

/** Takes it away from the browser. */
export const clearedCookie = serialize(sessionCookie, '', { path: '/', secure: true, maxAge: 0 });

export const cookieOf = (token: string, expires: Date): string =>
  serialize(sessionCookie, token, { path: '/', httpOnly: true, secure: true, sameSite: 'Lax', expires });

/** Assumption: customers of a store come back within a month. */
export const sessionDays = 30;

/** With the number of the form of what is kept: during a deployment the old version reads its own. */
const keyOf = (tokenHash: Buffer): string => `session:2:${tokenHash.toString('base64url')}`;

/** For a user whose password was checked; undefined: it is another one by now, whose sessions are none of whoever knew the old one. */
export async function startSession(
  { writer }: Database,
  { id, passwordHash }: { readonly id: string; readonly passwordHash: string },
): Promise<{ readonly token: string; readonly expiresAt: Date } | undefined> {
  const { token, hash } = makeToken();
  // The lock: a change of the password waits for this session and ends it, or this waits for the change and starts none.
  const { rows } = await writer.query<{ expiresAt: Date }>(
    `insert into sessions (token_hash, user_id, expires_at)
     select $1, id, now() + make_interval(days => $3) from users where id = $2 and password_hash = $4 for share
     returning expires_at as "expiresAt"`,
    [hash, id, sessionDays, passwordHash],
  );
  return rows[0] && { token, expiresAt: rows[0].expiresAt };
}

type SessionParts = Pick<ApiParts, 'database' | 'cached' | 'sessionEnds'>;

/** undefined for a token that is not known, not any more, or none at all. What is cached counts only as long as nothing ended it. */
export async function userOf(token: string | undefined, parts: SessionParts): Promise<User | undefined> {
  if (token === undefined || !tokenForm.test(token)) return undefined;
  const tokenHash = hashOfToken(token);
  let session = await sessionOf(tokenHash, keyOf(tokenHash), parts);
  if (session?.cached) {
    const endedBy = await parts.sessionEnds.after(session.id, session.snapshot);
    // Under a key of its own, which nobody could have written before that end: this one, or another of the user's, may go on.
    if (endedBy !== undefined) session = await sessionOf(tokenHash, `${keyOf(tokenHash)}:${endedBy}`, parts);
  }
  return session && Date.parse(session.expiresAt) > Date.now() ? { id: session.id, role: session.role } : undefined;
}

async function sessionOf(
  tokenHash: Buffer,
  key: string,
  { database, cached }: SessionParts,
): Promise<(Session & { readonly cached: boolean }) | undefined> {
  let loaded = false;
  const text = await cached.text(key, { ttlSeconds: cacheTimes.session }, async () => {
    // Asked of the primary: somebody who has just logged in is not on a replica yet.
    const { rows } = await database.writer.query<{ id: string; role: User['role']; expires_at: Date; snapshot: string }>(
      `select users.id, users.role, sessions.expires_at, pg_current_snapshot()::text as snapshot
         from sessions join users on users.id = sessions.user_id
        where sessions.token_hash = $1 and sessions.expires_at > now()`,
      [tokenHash],
    );
    loaded = true;
    const [row] = rows;
    if (!row) return undefined;
    const session: Session = { id: row.id, role: row.role, expiresAt: row.expires_at.toISOString(), snapshot: row.snapshot };
    return { text: JSON.stringify(session), tags: [] };
  });
  return text === undefined ? undefined : { ...(JSON.parse(text) as Session), cached: !loaded };
}

interface Person extends User {
  readonly name: string;
  readonly email: string;
  readonly expiresAt: Date;
}

/** Who is logged in, as the database has it. */
export async function personOf(token: string, { writer }: Database): Promise<Person | undefined> {
  const { rows } = await writer.query<Person>(
    `select users.id, users.role, users.name, users.email, sessions.expires_at as "expiresAt"
       from sessions join users on users.id = sessions.user_id where sessions.token_hash = $1 and sessions.expires_at > now()`,
    [hashOfToken(token)],
  );
  return rows[0];
}

/** On every task at once; nothing for a token that is none. */
export async function endSession(
  token: string | undefined,
  { database, cached }: Pick<ApiParts, 'database' | 'cached'>,
): Promise<void> {
  if (token === undefined || !tokenForm.test(token)) return;
  const tokenHash = hashOfToken(token);
  await database.writer.query('delete from sessions where token_hash = $1', [tokenHash]);
  await cached.remove(keyOf(tokenHash));
}

/** All of a user's, on this task at once, on others as whatever else ends them: see `SessionEnds`. */
export async function endSessionsOf(userId: string, { database, sessionEnds }: Omit<SessionParts, 'cached'>): Promise<void> {
  await database.writer.query('delete from sessions where user_id = $1', [userId]);
  sessionEnds.expire();
}
