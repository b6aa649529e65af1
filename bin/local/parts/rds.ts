import { databaseMasterUser as masterUser } from '../../../services/contract';
import type { PostgresServer } from './postgres-process';

/** Gives a server the roles, rights and log-ins of a new RDS instance, or this password to the master that it has. */
export async function makeRds(server: PostgresServer, masterPassword: string): Promise<void> {
  const roles = await server.sql('select from pg_roles where rolname = $1', [masterUser]);
  if (roles.length === 0) {
    await server.sql(`create role rds_iam nologin; create role ${masterUser} login createdb createrole;
      grant rds_iam to ${masterUser} with admin true, inherit false, set false`);
  }
  await server.sql(`alter role ${masterUser} password '${masterPassword}'`);
}

/** What Secrets Manager keeps of the master. */
export const masterSecret = (password: string): string => JSON.stringify({ username: masterUser, password, engine: 'postgres' });
