import type { Client } from 'pg';
import * as z from 'zod';
import type { AdminOutcome } from '../accounts/admin-task';
import { keepLink } from '../accounts/links';
import type { LogInProps } from './log-in';

const email = z.string().regex(/^[^\s@A-Z]+@[^\s@A-Z]+$/);

const requestSchema = z.union([
  z
    .tuple([
      z.literal('create'),
      email,
      z.string().regex(/^[\da-f]{64}$/),
      z.string().regex(/^\$argon2id\$/),
      z.literal('promote').optional(),
    ])
    .transform(([change, address, tokenHash, passwordHash, promote]) => ({
      change,
      email: address,
      tokenHash: Buffer.from(tokenHash, 'hex'),
      passwordHash,
      promote: promote !== undefined,
    })),
  z.tuple([z.literal('demote'), email]).transform(([change, address]) => ({ change, email: address })),
]);
type AdminRequest = z.output<typeof requestSchema>;

/**
 * Makes an admin who chooses a password by a link, or ends one; the arguments are those of `adminArgument`. As the role of the task's service, which
 * owns no table. A database trigger ends the sessions of whose role changes.
 */
export async function changeAdmin({ environment, logIns, log }: LogInProps, args: readonly string[]): Promise<AdminOutcome> {
  const request = requestSchema.safeParse(args);
  if (!request.success) throw new Error('The arguments are not those of the contract');
  const { user } = environment;
  const client = user === undefined ? undefined : await logIns.connect(user);
  if (client === undefined) throw new Error(`${user ?? 'No role'} cannot log in: ${logIns.advice}`);
  try {
    await client.query('begin');
    const { outcome, userId } = await apply(client, request.data);
    await client.query('commit');
    log.info('An admin was asked for', { change: request.data.change, outcome, userId });
    return outcome;
  } finally {
    await client.end(); // which rolls back what was not committed
  }
}

async function apply(client: Client, request: AdminRequest): Promise<{ outcome: AdminOutcome; userId?: string | undefined }> {
  const { rows } = await client.query<{ id: string; role: string; erased: boolean }>(
    'select id, role, erased_at is not null as erased from users where email = $1 for update',
    [request.email],
  );
  const [user] = rows;
  if (user?.erased === true) return { outcome: 'erased', userId: user.id };
  if (request.change === 'demote') {
    if (user?.role !== 'admin') return { outcome: user === undefined ? 'unknown' : 'customer', userId: user?.id };
    await client.query(`update users set role = 'customer' where id = $1`, [user.id]);
    return { outcome: 'done', userId: user.id };
  }
  if (user?.role === 'customer' && !request.promote) return { outcome: 'customer', userId: user.id };
  const userId = await admin(client, request, user?.id);
  await keepLink(client, { hash: request.tokenHash, purpose: 'password-reset', owner: { userId }, email: request.email });
  return { outcome: 'done', userId };
}

/** A customer's password ends, which somebody else may know; whoever is an admin already keeps it until the link is used. */
async function admin(
  client: Client,
  { email: address, passwordHash }: Extract<AdminRequest, { readonly change: 'create' }>,
  userId: string | undefined,
): Promise<string> {
  if (userId !== undefined) {
    await client.query(`update users set role = 'admin', password_hash = $2 where id = $1 and role <> 'admin'`, [
      userId,
      passwordHash,
    ]);
    return userId;
  }
  const { rows } = await client.query<{ id: string }>(
    `insert into users (email, password_hash, role) values ($1, $2, 'admin') returning id`,
    [address, passwordHash],
  );
  return rows[0]?.id ?? '';
}
