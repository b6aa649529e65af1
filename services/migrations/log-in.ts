import { Client, DatabaseError } from 'pg';
import { passwordConnection } from '../runtime/database-connection';
import type { Logger } from '../runtime/logger';
import type { MigrationsEnvironment } from './environment';
import { withMigrationLock } from './lock';
import type { RoleLogIns } from './role-log-ins';
import { createRoles, createStatementStatistics, rolesExist } from './roles';

export interface LogInProps {
  readonly environment: MigrationsEnvironment;
  readonly logIns: RoleLogIns;
  readonly log: Logger;
}

/** As the migrations' own role; where a role is missing, or this task's roles cannot log in as they should, the master sees to it first. */
export async function logInAsMigrations({ environment, logIns, log }: LogInProps): Promise<Client> {
  const [migrations, ...others] = logIns.roles as [string, ...string[]];
  const client = await logIns.connect(migrations);
  if (client !== undefined) {
    if ((await rolesExist(client)) && (await everyoneMayLogIn(logIns, others))) return client;
    await client.end();
  }
  await mendAsMaster({ environment, logIns, log });
  const second = await logIns.connect(migrations);
  if (second === undefined) throw refused(logIns, migrations);
  return second;
}

/** Runs `work` as the master, whom only what creates or mends a log-in needs, while no other starter does. */
export async function asMaster(
  { database, master }: MigrationsEnvironment,
  log: Logger,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  if (master === undefined)
    throw new Error('A database role is missing or cannot log in, and only the master secret may create or mend it');
  const login = { ...database, endpoint: database.direct, user: master.username };
  const client = new Client(passwordConnection(login, master.password));
  await client.connect();
  try {
    await withMigrationLock(client, log, () => work(client));
  } finally {
    await client.end();
  }
}

async function everyoneMayLogIn(logIns: RoleLogIns, roles: readonly string[]): Promise<boolean> {
  for (const role of roles) if (!(await mayLogIn(logIns, role))) return false;
  return true;
}

/** Before its first migration a role may log in, and connect to no database (42501). */
async function mayLogIn(logIns: RoleLogIns, role: string): Promise<boolean> {
  try {
    const client = await logIns.connect(role);
    await client?.end();
    return client !== undefined;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '42501') return true;
    throw error;
  }
}

/**
 * One role after the other, the migrations' own first. A task of the last release that starts late, in the old way of logging in, is no longer
 * allowed to, so it ends there, before it takes a service's role back.
 */
async function mendAsMaster({ environment, logIns, log }: LogInProps): Promise<void> {
  log.info('Creating the database roles, or mending how they log in', { roles: logIns.roles });
  await asMaster(environment, log, async (client) => {
    await createRoles(client, environment.database.name);
    for (const role of logIns.roles) {
      await logIns.allow(client, role);
      if (!(await mayLogIn(logIns, role))) throw refused(logIns, role);
    }
    await createStatementStatistics(client, log);
  });
}

const refused = ({ advice }: RoleLogIns, role: string): Error => new Error(`${role} exists but cannot log in: ${advice}`);
