import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { createBoundedQueue } from './bounded-queue';

/**
 * One at a time, so that other requests have the time between; with 25 before it the last one waits for 3 s at the most on the quarter of a vCPU that
 * small has. Assumptions: a hash takes 30 ms of a vCPU.
 */
export const passwordQueue = createBoundedQueue({ atOnce: 1, waiting: 25 });

type Argon2 = Parameters<typeof argon2>;
const argon2Hash = promisify(argon2);
const hash = (algorithm: Argon2[0], parameters: Argon2[1]): Promise<Buffer> =>
  passwordQueue.run(() => argon2Hash(algorithm, parameters));

/** OWASP's Password Storage Cheat Sheet for argon2id: 19 MiB, two passes, one lane. `memory` in KiB. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const saltBytes = 16;
const hashBytes = 32;

/** PHC string, so that a later cost can stand beside today's. */
const form =
  /^\$argon2id\$v=19\$m=(?<memory>\d+),t=(?<passes>\d+),p=(?<parallelism>\d+)\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)$/;

/** One form of what different keyboards make of the same characters (NIST SP 800-63B-3, 5.1.1.2). */
const normalized = (password: string): string => password.normalize('NFKC');

/** @throws {BusyError} where too many wait. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes);
  const hashed = await hash('argon2id', { ...cost, message: normalized(password), nonce, tagLength: hashBytes });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(hashed)}`;
}

/**
 * Takes as long for a user who is not there (`stored` undefined), or whose password nobody has, as for anybody else. @throws {BusyError} where too
 * many wait.
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const parsed = form.exec(stored ?? '')?.groups;
  const known = parsed ?? nobodys;
  const expected = Buffer.from(known.hash ?? '', 'base64');
  const hashed = await hash('argon2id', {
    message: normalized(password),
    nonce: Buffer.from(known.salt ?? '', 'base64'),
    memory: Number(known.memory),
    passes: Number(known.passes),
    parallelism: Number(known.parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(hashed, expected) && parsed !== undefined;
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** A hash that no password has. */
const nobodys: Readonly<Record<string, string>> = {
  memory: String(cost.memory),
  passes: String(cost.passes),
  parallelism: String(cost.parallelism),
  salt: unpadded(Buffer.alloc(saltBytes)),
  hash: unpadded(Buffer.alloc(hashBytes)),
};
