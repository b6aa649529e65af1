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

/** @throws {BusyError} where too many wait. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes);
  const hashed = await hash('argon2id', { ...cost, message: password, nonce, tagLength: hashBytes });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(hashed)}`;
}

/** Takes as long for a user who is not there (`stored` undefined) as for one who is. @throws {BusyError} where too many wait. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const known = form.exec(stored ?? nobodys)?.groups;
  if (!known) return false;
  const expected = Buffer.from(known.hash ?? '', 'base64');
  const hashed = await hash('argon2id', {
    message: password,
    nonce: Buffer.from(known.salt ?? '', 'base64'),
    memory: Number(known.memory),
    passes: Number(known.passes),
    parallelism: Number(known.parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(hashed, expected) && stored !== undefined;
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** A hash that no password has. */
const nobodys = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(Buffer.alloc(saltBytes))}$${unpadded(Buffer.alloc(hashBytes))}`;
