import { isReplica } from '../../template/database';
import { whenRemoved, whenReplaced } from '../../template/deletion-policy';
import { isList, member, type Resource, type Template } from '../../template/template';
import { scalar } from './scalar';
import { joined, type Noun, type Said, statements } from './statements';
import type { ProtectionRow } from './types';

/** What keeps data when somebody deletes a resource, a change replaces it, or a file is overwritten. */
export function deletion(template: Template): ProtectionRow[] {
  const instances = template.ofType('AWS::RDS::DBInstance');
  const databases = [...instances.filter((instance) => !isReplica(instance)), ...template.ofType('AWS::RDS::DBCluster')];
  const balancers = template.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer');
  return [
    ...statements('deletion', ['database', 'databases'], databases, ofDatabase),
    ...statements('deletion', ['load balancer', 'load balancers'], balancers, ofBalancer),
    ...stateful.flatMap(({ type, noun, holds = () => true }) => {
      const resources = template.ofType(type).filter((resource) => holds(resource, template));
      return statements('deletion', noun, resources, leaving);
    }),
    ...statements('deletion', ['files of the bucket', 'buckets’ files'], template.ofType('AWS::S3::Bucket'), ofFiles),
    ...statements('deletion', ['replica', 'replicas'], instances.filter(isReplica), () => [
      'fact',
      'a copy: nothing is lost with it',
    ]),
    ...statements('deletion', ['cache', 'caches'], template.ofType('AWS::ElastiCache::ReplicationGroup'), () => [
      'fact',
      'holds copies alone, and is deleted with what it holds',
    ]),
  ];
}

function ofDatabase(database: Resource): Said {
  if (isOfACluster(database)) return ['fact', 'protected as its cluster is'];
  return database.flag('DeletionProtection')
    ? ['good', 'cannot be deleted until somebody allows it']
    : ['weak', 'can be deleted in one call'];
}

function ofBalancer(balancer: Resource): Said {
  const attribute = balancer.list('LoadBalancerAttributes').find((each) => member(each, 'Key') === 'deletion_protection.enabled');
  return scalar(member(attribute, 'Value')) === 'true'
    ? ['good', 'cannot be deleted until somebody allows it']
    : ['weak', 'can be deleted in one call'];
}

interface StatefulType {
  readonly type: string;
  readonly noun: Noun;
  /** Whether one of them holds what nobody can make again. @default - each does */
  readonly holds?: (resource: Resource, template: Template) => boolean;
}

/** What holds data, or data's key or secret. */
const stateful: readonly StatefulType[] = [
  {
    type: 'AWS::RDS::DBInstance',
    noun: ['database in the stack', 'databases in the stack'],
    holds: (one) => !isReplica(one) && !isOfACluster(one),
  },
  { type: 'AWS::RDS::DBCluster', noun: ['database cluster in the stack', 'database clusters in the stack'] },
  { type: 'AWS::S3::Bucket', noun: ['bucket in the stack', 'buckets in the stack'] },
  { type: 'AWS::SQS::Queue', noun: ['queue in the stack', 'queues in the stack'], holds: isWork },
  { type: 'AWS::SecretsManager::Secret', noun: ['secret in the stack', 'secrets in the stack'] },
  { type: 'AWS::KMS::Key', noun: ['key in the stack', 'keys in the stack'] },
  { type: 'AWS::Backup::BackupVault', noun: ['vault of backups in the stack', 'vaults of backups in the stack'] },
  { type: 'AWS::DynamoDB::Table', noun: ['table in the stack', 'tables in the stack'] },
  { type: 'AWS::EFS::FileSystem', noun: ['file system in the stack', 'file systems in the stack'] },
];

/** The cluster has its data. */
function isOfACluster(instance: Resource): boolean {
  return instance.value('DBClusterIdentifier') !== undefined;
}

/** Dead letters of a function are calls that its schedule makes again. */
function isWork(queue: Resource, template: Template): boolean {
  const lambdas = template.ofType('AWS::Lambda::Function');
  return !lambdas.some((lambda) => lambda.references('DeadLetterConfig').includes(queue));
}

const fates = { Retain: 'kept', Snapshot: 'kept as a snapshot', Delete: 'deleted' } as const;

function leaving(resource: Resource): Said {
  const [removed, replaced] = [whenRemoved(resource), whenReplaced(resource)];
  const verdict = [removed, replaced].includes('Delete') ? 'weak' : 'good';
  if (removed === replaced) return [verdict, `${fates[removed]} when it leaves the stack or is replaced`];
  return [verdict, `${fates[removed]} when it leaves the stack, ${fates[replaced]} when it is replaced`];
}

function ofFiles(bucket: Resource): Said {
  if (bucket.text('VersioningConfiguration.Status') !== 'Enabled')
    return ['weak', 'a deleted or overwritten file is gone: no versions'];
  const days = keptDays(bucket);
  const kept = days === undefined ? 'without end' : `for ${days} ${days === '1' ? 'day' : 'days'}`;
  const locked = bucket.flag('ObjectLockEnabled') ? 'locked against deletion' : undefined;
  return ['good', joined(`older versions are kept ${kept}`, locked)];
}

/** Days of the first rule that ends older versions. */
function keptDays(bucket: Resource): string | undefined {
  const rules = bucket.value('LifecycleConfiguration.Rules');
  const days = (isList(rules) ? rules : [])
    .filter((rule) => member(rule, 'Status') !== 'Disabled')
    .map(
      (rule) =>
        member(member(rule, 'NoncurrentVersionExpiration'), 'NoncurrentDays') ??
        member(rule, 'NoncurrentVersionExpirationInDays'),
    )
    .find((each) => each !== undefined);
  return scalar(days);
}
