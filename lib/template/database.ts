import { databaseRoles } from '../../services/contract';
import { databaseClass } from '../facts/database-classes';
import type { Resource, Template } from './template';

/** vCPU that RDS Proxy charges at the least. */
const leastProxyVcpu = 2; // aws.amazon.com/rds/proxy/pricing

export function isReplica(instance: Resource): boolean {
  return instance.value('SourceDBInstanceIdentifier') !== undefined;
}

/** Databases without their read replicas. */
export function primaries(template: Template): readonly Resource[] {
  return template.ofType('AWS::RDS::DBInstance').filter((instance) => !isReplica(instance));
}

/** A property of the instance; a replica without it has that of its source. */
export function inherited(instance: Resource, path: string): string | undefined {
  return instance.text(path) ?? instance.references('SourceDBInstanceIdentifier')[0]?.text(path);
}

/** The secret of a role that services log in as: the migrations give the database whatever password it has, so nothing is lost with it. */
export function rolePassword(secret: Resource): string | undefined {
  if (secret.type !== 'AWS::SecretsManager::Secret') return undefined;
  const template = secret.text('GenerateSecretString.SecretStringTemplate') ?? '';
  return Object.values(databaseRoles).find((role) => template.includes(`"username":"${role}"`));
}

/** The role whose password a secret repeats, as CloudFormation resolves it: for the proxy, or in URLs. */
export function repeatedPassword(secret: Resource): string | undefined {
  if (secret.type !== 'AWS::SecretsManager::Secret') return undefined;
  return secret
    .references('SecretString')
    .map(rolePassword)
    .find((role) => role !== undefined);
}

/** Whether the template's services log in by passwords of their own. */
export const hasRolePasswords = (template: Template): boolean =>
  template.ofType('AWS::SecretsManager::Secret').some((secret) => rolePassword(secret) !== undefined);

export function instanceClass(instance: Resource): string {
  return inherited(instance, 'DBInstanceClass') ?? 'unknown class';
}

export function storageGb(instance: Resource): number {
  return Number(inherited(instance, 'AllocatedStorage') ?? 0);
}

export function zones(instance: Resource): 'multi' | 'single' {
  return instance.flag('MultiAZ') ? 'multi' : 'single';
}

/** vCPU of the instance behind the proxy; the least that is charged where it is not in the template. */
export function proxyVcpu(proxy: Resource, template: Template): number {
  const group = template
    .ofType('AWS::RDS::DBProxyTargetGroup')
    .find((candidate) => candidate.references('DBProxyName').includes(proxy));
  const target = group?.references('DBInstanceIdentifiers')[0];
  return Math.max(leastProxyVcpu, target ? (databaseClass(instanceClass(target))?.vcpu ?? 0) : 0);
}
