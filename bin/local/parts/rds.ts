import { databaseMasterUser as masterUser } from '../../../services/contract';
import type { PostgresServer } from './postgres-process';

/** What RDS makes its master a member of: docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.View.html, read on 2026-11-29. */
const superuserRights = 'pg_checkpoint, pg_monitor, pg_signal_backend, pg_use_reserved_connections';

/** Gives a server the roles, rights and log-ins of a new RDS instance, or this password to the master that it has. */
export async function makeRds(server: PostgresServer, masterPassword: string): Promise<void> {
  const roles = await server.sql('select from pg_roles where rolname = $1', [masterUser]);
  if (roles.length === 0) {
    await server.sql(`create role rds_iam nologin; create role ${masterUser} login createdb createrole;
      create role rds_superuser nologin; grant ${superuserRights} to rds_superuser with admin true; grant rds_superuser to ${masterUser};
      grant rds_iam to ${masterUser} with admin true, inherit false, set false`);
  }
  await server.sql(`alter role ${masterUser} password '${masterPassword}'`);
}

/** What Secrets Manager keeps of the master. */
export const masterSecret = (password: string): string => JSON.stringify({ username: masterUser, password, engine: 'postgres' });
