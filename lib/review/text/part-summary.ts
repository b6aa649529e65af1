import type { PartName } from '../../facts/part-names';
import { logBuckets } from '../../template/buckets';
import { cacheNodes, holdsJobs } from '../../template/cache';
import { instanceClass, isReplica, primaries, proxyVcpu, storageGb } from '../../template/database';
import { sourceQueues } from '../../template/queues';
import { taskRange, taskSize } from '../../template/tasks';
import type { Resource, Template } from '../../template/template';

export interface PartSummary {
  /** As the tag `part` names it. */
  readonly part: string;
  readonly title: string;
  /** `2-4 × ¼ vCPU, 0.5 GB` */
  readonly text: string;
}

/** What a store consists of, in a few words a part, read from the template. A part that it lacks is left out. */
export function partSummaries(template: Template): readonly PartSummary[] {
  const of = (type: string) => template.ofType(type);
  const caches = of('AWS::ElastiCache::ReplicationGroup');
  const rows: readonly (readonly [PartName, title: string, text: string | undefined])[] = [
    ['database', 'database', databases(template)],
    ['replicas', 'read replicas', replicas(template)],
    ['proxy', 'RDS Proxy', list(of('AWS::RDS::DBProxy').map((proxy) => `on ${proxyVcpu(proxy, template)} vCPU`))],
    ['cache', 'cache', list(caches.filter((group) => !holdsJobs(group)).map(cacheGroup))],
    ['jobs-cache', 'job cache', list(caches.filter(holdsJobs).map(cacheGroup))],
    ['network', 'NAT gateways', count(of('AWS::EC2::NatGateway'))],
    ['queues', 'queues', queues(template)],
    ['files', 'buckets', buckets(template)],
    ['firewall', 'WAF', list(of('AWS::WAFv2::WebACL').map((acl) => `${acl.list('Rules').length} rules`))],
    ['backups', 'AWS Backup', of('AWS::Backup::BackupPlan').length === 0 ? undefined : 'yes'],
    ['alarms', 'alarms', count(of('AWS::CloudWatch::Alarm'))],
    ['store', 'resources', String(template.resources.length)],
  ];
  return [
    ...serviceSummaries(template),
    ...rows.flatMap(([part, title, text]) => (text === undefined ? [] : [{ part, title, text }])),
  ];
}

export function serviceSummaries(template: Template): readonly PartSummary[] {
  return template.ofType('AWS::ECS::Service').map((service) => {
    const [least, most] = taskRange(service, template);
    const size = taskSize(service.references('TaskDefinition')[0]);
    const tasks = least === most ? String(least) : `${least}-${most}`;
    const text = size ? `${tasks} × ${vcpu(size.vcpu)} vCPU, ${size.memoryGb} GB` : `${tasks} tasks`;
    const part = service.tag('part') ?? service.id;
    return { part, title: `${part} tasks`, text };
  });
}

function vcpu(value: number): string {
  const fractions: Readonly<Record<string, string>> = { '0.25': '¼', '0.5': '½' };
  return fractions[value] ?? String(value);
}

function databases(template: Template): string | undefined {
  return list(
    primaries(template).map((instance) => {
      const zones = instance.flag('MultiAZ') ? ' Multi-AZ' : '';
      return `${instanceClass(instance)}${zones}, ${storageGb(instance).toLocaleString('en-US')} GB`;
    }),
  );
}

function replicas(template: Template): string | undefined {
  const classes = template.ofType('AWS::RDS::DBInstance').filter(isReplica).map(instanceClass);
  return list([...Map.groupBy(classes, (name) => name)].map(([name, all]) => `${all.length} × ${name}`));
}

/** `2 × 2 × cache.r7g.large` */
export function cacheGroup(group: Resource): string {
  const shards = group.number('NumNodeGroups') ?? 1;
  const nodes = shards > 1 ? `${shards} × ${cacheNodes(group) / shards}` : String(cacheNodes(group));
  return `${nodes} × ${group.text('CacheNodeType') ?? 'nodes'}`;
}

function queues(template: Template): string | undefined {
  const all = template.ofType('AWS::SQS::Queue').length;
  const sources = sourceQueues(template).length;
  return all === 0 ? undefined : `${sources} + ${all - sources} for dead letters`;
}

function buckets(template: Template): string | undefined {
  const all = template.ofType('AWS::S3::Bucket').length;
  const logs = logBuckets(template).size;
  return all === 0 ? undefined : `${all - logs} + ${logs} for logs`;
}

function count({ length }: readonly Resource[]): string | undefined {
  return length === 0 ? undefined : String(length);
}

function list(items: readonly string[]): string | undefined {
  return items.length === 0 ? undefined : items.join('; ');
}
