import { type Client, escapeIdentifier } from 'pg';
import { databaseRoles } from '../contract';
import { describeError, type Logger } from '../runtime/logger';
import { inTransaction } from './transaction';

const allRoles = Object.values(databaseRoles);

export async function rolesExist(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ found: number }>('select count(*)::int as found from pg_roles where rolname = any($1)', [
    allRoles,
  ]);
  return rows[0]?.found === allRoles.length;
}

/**
 * What only the master may do, in one transaction; what is there already stays as it is. It also says how roles log in (role-log-ins.ts):
 * whoever else could grant `rds_iam` could give it to the master and so shut out its password.
 *
 * `migrations` gets rights on database and schema and may pass them on, instead of owning them: to give ownership away, the master
 * would have to become a member of `migrations`, and with it of `rds_iam`.
 */
export async function createRoles(client: Client, databaseName: string): Promise<void> {
  const { migrations, app, worker } = databaseRoles;
  const database = escapeIdentifier(databaseName);
  await inTransaction(client, async () => {
    for (const role of allRoles) await createRole(client, role);
    await client.query(`
      alter role ${migrations} createrole;
      grant ${app}, ${worker} to ${migrations} with admin true, inherit false, set false;
      revoke all on database ${database} from public;
      grant connect, create on database ${database} to ${migrations} with grant option;
      revoke all on schema public from public;
      grant usage, create on schema public to ${migrations} with grant option;
    `);
  });
}

async function createRole(client: Client, role: string): Promise<void> {
  if (!(await roleExists(client, role))) await client.query(`create role ${role} login`);
}

export async function roleExists(client: Client, role: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  return rowCount !== 0;
}

/** For whoever looks for slow statements; only the master of RDS may create it, and the store runs without it. */
export async function createStatementStatistics(client: Client, log: Logger): Promise<void> {
  try {
    await client.query('create extension if not exists pg_stat_statements');
  } catch (error) {
    log.warn('pg_stat_statements could not be created', describeError(error));
  }
}
