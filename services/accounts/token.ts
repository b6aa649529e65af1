import { createHash, randomBytes } from 'node:crypto';

/** 256 bits, as URLs and cookies take them. */
export const tokenForm = /^[\w-]{43}$/;

/** Of a session, or of a link that works once. */
export interface Token {
  /** For its holder alone: in a cookie, in an e-mail, or before an operator's eyes. */
  readonly token: string;
  /** What the database keeps: whoever reads a backup gets in by none. */
  readonly hash: Buffer;
}

export function makeToken(): Token {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashOfToken(token) };
}

export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();
