import { createHash } from 'node:crypto';

/** What counts and logs know an account by, whether it is there or not: nobody reads an address out of it who does not know it. */
export const accountKey = (email: string): string => createHash('sha256').update(email).digest('base64url').slice(0, 22);
