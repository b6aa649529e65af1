import { type Client, escapeIdentifier } from 'pg';
import { databaseRoles } from '../contract';
import { withMigrationLock } from './lock';
import { type LogInProps, logInAsMigrations } from './log-in';
import { copyAllSettings } from './users';

/**
 * What an application of somebody's own needs of the database before its migrations run: the roles, and what they may do. No table, and no
 * time limits: those of `sql/0001_privileges.sql` are of the store's own queries. May run again at each start of a task.
 */
export async function prepareRoles({ environment, logIns, log }: LogInProps): Promise<void> {
  const client = await logInAsMigrations({ environment, logIns, log });
  try {
    await withMigrationLock(client, log, async () => {
      await grantRights(client, environment.database.name);
      await copyAllSettings(client);
    });
    log.info('The database roles are there');
  } finally {
    await client.end();
  }
}

/** As the migrations' role, for what it creates in schema public: the same as `sql/0001_privileges.sql`. */
async function grantRights(client: Client, databaseName: string): Promise<void> {
  const services = [databaseRoles.app, databaseRoles.worker].join(', ');
  await client.query(`
    grant connect on database ${escapeIdentifier(databaseName)} to ${services};
    grant usage on schema public to ${services};
    alter default privileges in schema public grant select, insert, update, delete on tables to ${services};
    alter default privileges in schema public grant usage, select on sequences to ${services};
  `);
}
