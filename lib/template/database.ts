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
