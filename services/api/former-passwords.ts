import { argon2, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { compare } from 'bcryptjs';
import { type FormerHash, type FormerScheme, parseFormerHash } from '../accounts/former-password';
import { createBoundedQueue } from './bounded-queue';

/**
 * Foreign hashes cost up to half a second of a vCPU, two seconds on the quarter of one that small has: one at a time, and with 5 before it the last one is
 * done before the load balancer gives up. Assumptions.
 */
export const formerPasswordQueue = createBoundedQueue({ atOnce: 1, waiting: 5 });

/** What a log-in has to compare beside our own hash while a store has customers who come from another one. */
export interface FormerPassword {
  /** Of the account; or of another one, where it has none, or nobody has the address. JSON of `FormerScheme`. */
  readonly scheme: string;
  /** null: none is right, and the work is the same. */
  readonly hash: string | null;
}

/** @throws {BusyError} where too many wait. */
export function isFormerPassword(password: string, { scheme, hash }: FormerPassword): Promise<boolean> {
  const parsed = hash === null ? undefined : parseFormerHash(hash);
  const known = parsed ?? nobodys(JSON.parse(scheme) as FormerScheme);
  return formerPasswordQueue.run(async () => (await matches(password, known)) && parsed !== undefined);
}

/** As the former store took it: no other form of the characters. */
async function matches(password: string, { scheme, salt, expected }: FormerHash): Promise<boolean> {
  if (scheme.algorithm === 'bcrypt') return compare(password, expected.toString());
  return timingSafeEqual(await derive(password, scheme, salt), expected);
}

function derive(password: string, scheme: Exclude<FormerScheme, { algorithm: 'bcrypt' }>, salt: Buffer): Promise<Buffer> {
  if (scheme.algorithm === 'pbkdf2') return promisify(pbkdf2)(password, salt, scheme.iterations, scheme.bytes, scheme.digest);
  if (scheme.algorithm === 'scrypt') {
    const { cost, blockSize, parallelization, bytes } = scheme;
    return scryptHash(password, salt, bytes, { cost, blockSize, parallelization, maxmem: 2 ** 27 });
  }
  const { algorithm, memory, passes, parallelism, bytes } = scheme;
  return promisify(argon2)(algorithm, { message: password, nonce: salt, memory, passes, parallelism, tagLength: bytes });
}

const scryptHash = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** A hash that no password has. */
function nobodys(scheme: FormerScheme): FormerHash {
  if (scheme.algorithm !== 'bcrypt') return { scheme, salt: Buffer.alloc(16), expected: Buffer.alloc(scheme.bytes) };
  const whole = `$2b$${String(scheme.rounds).padStart(2, '0')}$${'.'.repeat(53)}`;
  return { scheme, salt: Buffer.alloc(0), expected: Buffer.from(whole) };
}
