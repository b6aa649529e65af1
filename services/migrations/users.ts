import { type Client, escapeIdentifier } from 'pg';
import { databaseRoles, databaseUsers } from '../contract';
import type { PasswordVersion } from '../runtime/database-password';
import { roleExists } from './roles';
import { scramVerifier } from './scram-verifier';
import { inTransaction } from './transaction';

/** Whose turn it is after `user`. */
export function otherUser(role: string, user: string): string {
  const [first, second] = databaseUsers(role);
  return user === first ? second : first;
}

/**
 * Gives the user of a secret's version its password, as the master within a transaction; creates the role's second user where it is missing.
 * Neither a log nor the statistics of PostgreSQL see a password.
 */
export async function setPassword(
  master: Client,
  role: string,
  { username, password }: Pick<PasswordVersion, 'username' | 'password'>,
): Promise<void> {
  if (username !== role) await createSecondUser(master, role, username);
  await master.query(`alter role ${username} password '${scramVerifier(password)}'`);
}

/**
 * A member whose sessions act as the role, so that what they create is the role's. It inherits the role's rights: before a session acts as the
 * role PostgreSQL asks whether its user may connect, and after DISCARD ALL a session is its user's own.
 */
async function createSecondUser(master: Client, role: string, user: string): Promise<void> {
  if (!(await roleExists(master, user))) await master.query(`create role ${user} login`);
  await master.query(`grant ${role} to ${user} with inherit true, set true`);
  if (role !== databaseRoles.migrations) {
    // Which may change its settings then; not those of its own second user: PostgreSQL takes no two roles that are members of each other.
    await master.query(`grant ${user} to ${databaseRoles.migrations} with admin true, inherit false, set false`);
  }
  await copySettings(master, role, user);
}

/** Takes the password of the role's second user, which logs in by nothing else. */
export async function closeSecondUser(master: Client, role: string): Promise<void> {
  const [, second] = databaseUsers(role);
  if (await roleExists(master, second)) await master.query(`alter role ${second} password null`);
}

/** What a role has of its own (`alter role … set`) holds when it logs in, not when somebody acts as it. */
export async function copyAllSettings(migrations: Client): Promise<void> {
  for (const role of [databaseRoles.app, databaseRoles.worker]) {
    const [, second] = databaseUsers(role);
    if (await roleExists(migrations, second)) await inTransaction(migrations, () => copySettings(migrations, role, second));
  }
}

/** Gives the user the role's settings and no others, where it has not; within a transaction, which has them too until it ends. */
async function copySettings(client: Client, role: string, user: string): Promise<void> {
  const wanted = await settingsOf(client, role);
  const has = await settingsOf(client, user);
  if (has.toSorted().join('\n') === [...wanted, `role=${role}`].toSorted().join('\n')) return;
  await client.query(`alter role ${user} reset all`);
  for (const setting of wanted) {
    const at = setting.indexOf('=');
    const name = setting.slice(0, at);
    await client.query('select set_config($1, $2, true)', [name, setting.slice(at + 1)]);
    const quoted = name.split('.').map(escapeIdentifier).join('.');
    await client.query(`alter role ${user} set ${quoted} from current`); // a list, as in search_path, keeps its quotes
  }
  await client.query(`alter role ${user} set role to ${role}`);
}

/** As `name=value`. */
async function settingsOf(client: Client, role: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ settings: string[] | null }>(
    'select rolconfig as settings from pg_roles where rolname = $1',
    [role],
  );
  return rows[0]?.settings ?? [];
}
