import type { ECSClient } from '@aws-sdk/client-ecs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type SecretsServer } from '../../../bin/local/parts/secrets';
import { databaseName, databaseRoles, databaseUsers } from '../../../services/contract';
import type { MigrationsEnvironment } from '../../../services/migrations/environment';
import { masterPassword } from '../parts/data-folder';
import type { Rds } from '../parts/rds';

const { app } = databaseRoles;
const roles = Object.values(databaseRoles);

/** ARNs of the secrets of a store with a proxy, of which a program of somebody's own is the API. */
export interface Secrets {
  readonly roles: ReadonlyMap<string, string>;
  readonly users: ReadonlyMap<string, string>;
  readonly urls: ReadonlyMap<string, string>;
}

/** As CloudFormation makes them: all begin with the password of the role's secret. */
export function newSecrets(secrets: SecretsServer, port: number, createdAt: Date): Secrets {
  secrets.deny();
  const first = (role: string) => `first-of-${role}-${createdAt.getTime()}`;
  const urls = Object.fromEntries(
    ['url', 'directUrl', 'readUrl'].map((name) => [name, `postgresql://${app}:${first(app)}@127.0.0.1:${port}/${databaseName}`]),
  );
  return {
    roles: new Map(roles.map((role) => [role, secrets.create(role, first(role), createdAt)])),
    users: new Map(databaseUsers(app).map((user) => [user, secrets.create(user, first(app), createdAt)])),
    urls: new Map([[app, secrets.create(app, first(app), createdAt, urls)]]),
  };
}

export const listed = (arns: ReadonlyMap<string, string>): string => [...arns].map(([name, arn]) => `${name}=${arn}`).join(',');

/** What the rotation of such a store is told; only the role of the API by default. */
export function rotationEnvironment(rds: Rds, arns: Secrets, only: readonly string[] = [app]): MigrationsEnvironment {
  const direct = { host: '127.0.0.1', port: rds.port };
  return {
    database: { direct, name: databaseName, login: 'none', region: 'eu-west-1' },
    store: undefined,
    user: undefined,
    passwordSecrets: new Map([...arns.roles].filter(([role]) => only.includes(role))),
    userSecrets: arns.users,
    urlSecrets: arns.urls,
    handed: [{ role: app, cluster: 'shop', service: 'api' }],
    proxy: direct,
    filesBucket: undefined,
    master: { username: 'store_admin', password: masterPassword },
  };
}

/** Whoever rotates is killed before this call of AWS, the first is 0. */
class Killed extends Error {}

/** A client of the stand-in, and a service of ECS; `calls` counts what both are asked. */
export function awsOf({ endpoint }: SecretsServer, onRestart: () => void = () => undefined) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SecretsManagerClient({ region: 'eu-west-1', endpoint, credentials });
  const state = { calls: 0, killBefore: Infinity, deployedAt: new Date(), older: 0, restarts: 0 };
  const count = (): void => {
    if (state.calls++ >= state.killBefore) throw new Killed();
  };
  client.middlewareStack.add(
    (next) => (args) => {
      count();
      return next(args);
    },
    { step: 'initialize' },
  );
  const deployments = () => [
    { status: 'PRIMARY', createdAt: state.deployedAt, runningCount: 1 },
    ...(state.older > 0 ? [{ status: 'ACTIVE', createdAt: new Date(0), runningCount: state.older }] : []),
  ];
  const send = async ({ input }: { readonly input: { readonly forceNewDeployment?: boolean } }) => {
    count();
    if (input.forceNewDeployment !== true) return { services: [{ deployments: deployments() }] };
    state.restarts += 1;
    state.deployedAt = new Date();
    onRestart();
    return {};
  };
  return { client, ecs: { send } as unknown as ECSClient, state };
}
