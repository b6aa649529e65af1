import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Client, type ClientConfig, DatabaseError } from 'pg';
import { databaseRoles, databaseUsers } from '../contract';
import { databaseConnection, passwordConnection } from '../runtime/database-connection';
import { type PasswordVersion, readPassword, type Stage } from '../runtime/database-password';
import type { MigrationsEnvironment } from './environment';
import { inTransaction } from './transaction';
import { closeSecondUser, setPassword } from './users';

/** How the roles of the store log in: by IAM, or each by the user and the password of its secret. */
export interface RoleLogIns {
  /** Those that this task sees to: the migrations' own first, which no running service needs, then the service's. */
  readonly roles: readonly string[];
  /** undefined when the server refuses the role, which a role that does not exist looks like. */
  connect(role: string): Promise<Client | undefined>;
  /** Lets the role log in so, and in no other way; all of it or nothing. */
  allow(master: Client, role: string): Promise<void>;
  /** What to look at where it still cannot. */
  readonly advice: string;
}

export function roleLogIns(environment: MigrationsEnvironment, client: SecretsManagerClient): RoleLogIns {
  return environment.passwordSecrets.size === 0 ? byIam(environment) : byPassword(environment, client);
}

function byIam({ database, user }: MigrationsEnvironment): RoleLogIns {
  const services = user === undefined ? [databaseRoles.app, databaseRoles.worker] : [user];
  return {
    roles: [...new Set([databaseRoles.migrations, ...services])],
    connect: (role) => open(databaseConnection({ ...database, endpoint: database.direct, user: role })),
    allow: async (master, role) => {
      await inTransaction(master, async () => {
        await master.query(`grant rds_iam to ${role}; alter role ${role} password null`);
        await closeSecondUser(master, role);
      });
    },
    advice: 'check that the task role allows rds-db:connect for it, and that the instance has log-in by IAM',
  };
}

function byPassword(environment: MigrationsEnvironment, client: SecretsManagerClient): RoleLogIns {
  const { passwordSecrets } = environment;
  return {
    roles: [...new Set([databaseRoles.migrations, ...passwordSecrets.keys()])],
    connect: async (role) => {
      const connected = await connectByPassword(environment, client, role);
      if (connected === undefined || !(await mayUseIam(connected))) return connected;
      await connected.end();
      return undefined;
    },
    // A member of rds_iam cannot log in by password, nor who is a member of a member, as the migrations are of the services' roles.
    allow: async (master, role) => {
      const version = await currentPassword(client, secretOf(environment, role), role); // first: who may not read it changes nothing
      await inTransaction(master, async () => {
        await master.query(`revoke rds_iam from ${Object.values(databaseRoles).join(', ')}`);
        await setPassword(master, role, version);
      });
    },
    advice: 'check that neither it nor a role that it is a member of is a member of rds_iam',
  };
}

/** By the current user, else by the one that a rotation is about to make current. */
async function connectByPassword(
  environment: MigrationsEnvironment,
  client: SecretsManagerClient,
  role: string,
): Promise<Client | undefined> {
  const secretId = secretOf(environment, role);
  for (const stage of ['AWSCURRENT', 'AWSPENDING'] as const) {
    const version = await versionOf(client, secretId, role, stage);
    const connected = version && (await openByPassword(environment, version));
    if (connected) return connected;
  }
  return undefined;
}

/** Where the instance has log-in by IAM, a member of rds_iam, be it through other roles, is refused its password. */
async function mayUseIam(client: Client): Promise<boolean> {
  const { rows } = await client.query(`select from pg_roles where rolname = 'rds_iam' and pg_has_role(oid, 'member')`);
  return rows.length > 0;
}

/** At the primary, where no other endpoint is given. undefined when the server refuses the user. */
export const openByPassword = (
  { database }: MigrationsEnvironment,
  { username, password }: Pick<PasswordVersion, 'username' | 'password'>,
  endpoint = database.direct,
) => open(passwordConnection({ ...database, endpoint, user: username }, password));

export async function currentPassword(client: SecretsManagerClient, secretId: string, role: string): Promise<PasswordVersion> {
  const version = await versionOf(client, secretId, role, 'AWSCURRENT');
  if (version === undefined) throw new Error(`The secret ${secretId} has no current version`);
  return version;
}

/** @throws where it names somebody who does not log in as the role. */
export async function versionOf(
  client: SecretsManagerClient,
  secretId: string,
  role: string,
  stage: Stage,
): Promise<PasswordVersion | undefined> {
  const version = await readPassword(client, secretId, stage);
  const users = databaseUsers(role);
  if (version === undefined || users.includes(version.username)) return version;
  throw new Error(`The secret ${secretId} names another user than ${users.join(' and ')}`);
}

export function secretOf({ passwordSecrets }: MigrationsEnvironment, role: string): string {
  const secret = passwordSecrets.get(role);
  if (secret === undefined) throw new Error(`The environment names no secret for ${role}`);
  return secret;
}

async function open(config: ClientConfig): Promise<Client | undefined> {
  const client = new Client(config);
  try {
    await client.connect();
    return client;
  } catch (error) {
    // Class 28: invalid authorization specification (28000, also PAM's) and invalid password (28P01).
    if (error instanceof DatabaseError && error.code?.startsWith('28')) return undefined;
    throw error;
  }
}
