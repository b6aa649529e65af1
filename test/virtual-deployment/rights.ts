import { type Deployment } from './deploy';
import { type Need, neededRights } from './needed-rights';
import { applies, isAllowed, type Role, rolesOf, statementsFor } from './policies';

export interface Kept {
  readonly action: string;
  readonly role: RegExp;
  readonly resource: RegExp;
  readonly reason: string;
}

/** Rights that no call uses, and why they stay. */
export const keptUnused: readonly Kept[] = [
  {
    action: 'secretsmanager:DescribeSecret',
    role: /ExecutionRole|TaskRole|ProxyReader/,
    resource: /:secret:/,
    reason: 'The stock grant of a secret has it; it tells names and dates of a secret that the role may read anyway.',
  },
  {
    action: 'lambda:InvokeFunction',
    role: /Scheduler/,
    resource: /:function:.*:\*$/,
    reason: 'The stock target has it for versions and aliases, of which the function has none.',
  },
  {
    action: 'kms:GenerateDataKey',
    role: /WorkerTasksTaskTaskRole/,
    resource: /:key\//,
    reason: 'The stock cluster gives it to whoever may open a session in a task; a session asks for kms:Decrypt alone.',
  },
  {
    action: 'rds-db:connect',
    role: /TasksTaskTaskRole/,
    resource: /:dbuser:db-/,
    reason: 'Tasks of a size without a proxy log in at the primary until a change to one with a proxy has replaced them.',
  },
];

/** Requests that a role's policies do not allow. */
export function refused(deployment: Deployment, region: string): readonly string[] {
  const roles = new Map(rolesOf(deployment).map((role) => [role.arn, role]));
  return neededRights(deployment, region).flatMap((need) => {
    const role = roles.get(need.role);
    return role && isAllowed(role, need) ? [] : [`${need.by}: ${need.action} on ${need.resource} as ${role?.id ?? need.role}`];
  });
}

interface Unused {
  /** `AssessorRole… may sqs:SendMessage on arn:…`. */
  readonly unasked: readonly string[];
  readonly kept: readonly Kept[];
}

/** Actions and resources of statements that nobody asks for. */
export function unused(deployment: Deployment, region: string): Unused {
  const needs = Map.groupBy(neededRights(deployment, region), ({ role }) => role);
  const idle = rolesOf(deployment).flatMap((role) => unusedOf(role, needs.get(role.arn) ?? []));
  return {
    unasked: idle.flatMap(({ id, action, resource, kept }) => (kept ? [] : [`${id} may ${action} on ${resource}`])),
    kept: idle.flatMap(({ kept }) => kept ?? []),
  };
}

function unusedOf({ id, statements }: Role, needs: readonly Need[]) {
  return statements.flatMap((statement) =>
    statement.actions.flatMap((action) =>
      statement.resources.flatMap((resource) => {
        if (needs.some((need) => applies({ ...statement, actions: [action], resources: [resource] }, need))) return [];
        const kept = keptUnused.find((one) => one.action === action && one.role.test(id) && one.resource.test(resource));
        return [{ id, action, resource, kept }];
      }),
    ),
  );
}

/** By the service that asks the key on behalf of whoever reads or writes a secret. docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
const keyActions: Readonly<Record<string, readonly string[]>> = {
  'secretsmanager:GetSecretValue': ['kms:Decrypt'],
  'secretsmanager:PutSecretValue': ['kms:Decrypt', 'kms:GenerateDataKey'],
};

/** Secrets under the store's key that somebody may read or write by their own policy, and not by the key's. */
export function locked(deployment: Deployment, region: string): readonly string[] {
  const all = [...deployment.resources.values()];
  const context = { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` };
  const keys = all.filter(({ Type }) => Type === 'AWS::KMS::Key');
  return neededRights(deployment, region).flatMap((need) => {
    const secret = all.find(({ Type, name }) => Type === 'AWS::SecretsManager::Secret' && name === need.resource);
    const key = keys.find(({ id }) => deployment.attributeOf(id, 'Arn') === secret?.Properties.KmsKeyId);
    if (key === undefined) return [];
    const admitted = statementsFor(key.Properties.KeyPolicy, need.role);
    return (keyActions[need.action] ?? []).flatMap((action) =>
      isAllowed({ statements: admitted }, { action, resource: '*', context })
        ? []
        : [`${need.by}: ${action} for ${need.resource}`],
    );
  });
}
