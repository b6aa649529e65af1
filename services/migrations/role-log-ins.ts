import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Client, type ClientConfig, DatabaseError } from 'pg';
import { databaseRoles } from '../contract';
import { databaseConnection, passwordConnection } from '../runtime/database-connection';
import { type PasswordVersion, readPassword } from '../runtime/database-password';
import type { MigrationsEnvironment } from './environment';
import { scramVerifier } from './scram-verifier';

/** How the roles of the store log in: by IAM, or each by the password of its secret. */
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
      await master.query(`grant rds_iam to ${role}; alter role ${role} password null`);
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
      const { password } = await currentPassword(client, secretOf(environment, role)); // first: who may not read it changes nothing
      const roles = Object.values(databaseRoles).join(', ');
      await master.query(`revoke rds_iam from ${roles}; alter role ${role} password '${scramVerifier(password)}'`);
    },
    advice: 'check that neither it nor a role that it is a member of is a member of rds_iam',
  };
}

/** By the current password, else by the one that a rotation is about to make current. */
export async function connectByPassword(
  environment: MigrationsEnvironment,
  client: SecretsManagerClient,
  role: string,
): Promise<Client | undefined> {
  const secretId = secretOf(environment, role);
  for (const stage of ['AWSCURRENT', 'AWSPENDING'] as const) {
    const version = await readPassword(client, secretId, stage);
    const connected = version && (await openByPassword(environment, role, version.password));
    if (connected) return connected;
  }
  return undefined;
}

/** Where the instance has log-in by IAM, a member of rds_iam, be it through other roles, is refused its password. */
async function mayUseIam(client: Client): Promise<boolean> {
  const { rows } = await client.query(`select from pg_roles where rolname = 'rds_iam' and pg_has_role(oid, 'member')`);
  return rows.length > 0;
}

export const openByPassword = ({ database }: MigrationsEnvironment, role: string, password: string) =>
  open(passwordConnection({ ...database, endpoint: database.direct, user: role }, password));

export async function currentPassword(client: SecretsManagerClient, secretId: string): Promise<PasswordVersion> {
  const version = await readPassword(client, secretId, 'AWSCURRENT');
  if (version === undefined) throw new Error(`The secret ${secretId} has no current version`);
  return version;
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
