import * as z from 'zod';
import { time } from '../runtime/forms';
import type { Answer } from './route';
import { id } from './schemas';
import { cookieOf, type User } from './sessions';
import { user } from './user';

export const session = z.object({ userId: id, role: user.shape.role, expiresAt: time }).meta({ id: 'Session' });

/** Of a route that logs somebody in, with the schema above. */
export const sessionForm = { schema: session, headers: { 'set-cookie': 'The session’s cookie' } } as const;

export function loggedIn({ id: userId, role }: User, token: string, expiresAt: Date): Answer {
  const body: z.input<typeof session> = { userId, role, expiresAt: expiresAt.toISOString() };
  return { status: 201, body, headers: { 'set-cookie': cookieOf(token, expiresAt) } };
}
