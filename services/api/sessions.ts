import { createHash, randomBytes } from 'node:crypto';
import { cacheTimes } from '../cache-aside/cache-times';
import type { Database } from '../runtime/database';
import type { ApiParts } from './parts';

export interface User {
  readonly id: string;
  readonly role: 'customer' | 'admin';
}

interface Session extends User {
  readonly expiresAt: string;
}

/** For the browser's eyes only: no script reads it, no other site sends it along, no subdomain sets it. */
export const sessionCookie = '__Host-session';

/** Assumption: customers of a store come back within a month. */
const lifetimeDays = 30;

const tokenForm = /^[\w-]{43}$/;
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
/** With the number of what is kept: during a deployment the old version reads its own. */
const keyOf = (tokenHash: Buffer): string => `session:1:${tokenHash.toString('base64url')}`;

/** The database keeps the token's hash: whoever reads a backup can log in as nobody. */
export async function startSession(
  { writer }: Database,
  userId: string,
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const { rows } = await writer.query<{ expires_at: Date }>(
    'insert into sessions (token_hash, user_id, expires_at) values ($1, $2, now() + make_interval(days => $3)) returning expires_at',
    [hashOf(token), userId, lifetimeDays],
  );
  return { token, expiresAt: rows[0]?.expires_at ?? new Date() };
}

/** undefined for a token that is not known, not any more, or none at all. */
export async function userOf(
  token: string | undefined,
  { database, cached }: Pick<ApiParts, 'database' | 'cached'>,
): Promise<User | undefined> {
  if (token === undefined || !tokenForm.test(token)) return undefined;
  const tokenHash = hashOf(token);
  const text = await cached.text(keyOf(tokenHash), { ttlSeconds: cacheTimes.session }, async () => {
    // Asked of the primary: somebody who has just logged in is not on a replica yet.
    const { rows } = await database.writer.query<{ id: string; role: User['role']; expires_at: Date }>(
      `select users.id, users.role, sessions.expires_at
         from sessions join users on users.id = sessions.user_id
        where sessions.token_hash = $1 and sessions.expires_at > now()`,
      [tokenHash],
    );
    const [row] = rows;
    if (!row) return undefined;
    const session: Session = { id: row.id, role: row.role, expiresAt: row.expires_at.toISOString() };
    return { text: JSON.stringify(session), tags: [sessionsOf(row.id)] };
  });
  if (text === undefined) return undefined;
  const { id, role, expiresAt } = JSON.parse(text) as Session;
  return Date.parse(expiresAt) > Date.now() ? { id, role } : undefined;
}

export async function endSession(token: string, { database, cached }: Pick<ApiParts, 'database' | 'cached'>): Promise<void> {
  const tokenHash = hashOf(token);
  await database.writer.query('delete from sessions where token_hash = $1', [tokenHash]);
  await cached.remove(keyOf(tokenHash));
}

/** Tag of everything that is cached of a user's sessions. */
const sessionsOf = (userId: string): string => `sessions:${userId}`;
