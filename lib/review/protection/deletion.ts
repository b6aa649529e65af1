import { holdsJobs } from '../../template/cache';
import { isReplica, primaries } from '../../template/database';
import { whenRemoved, whenReplaced } from '../../template/deletion-policy';
import { statefulType, statefulTypes } from '../../template/stateful-resources';
import { member, type Resource, scalar, type Template } from '../../template/template';
import { joined, type Statement, statements } from './statements';
import type { ProtectionRow } from './types';

/** Stateful where it holds jobs. */
const cacheType = 'AWS::ElastiCache::ReplicationGroup';

/** What keeps data when somebody deletes a resource, a change replaces it, or a file is overwritten. */
export function deletion(template: Template): ProtectionRow[] {
  const replicas = template.ofType('AWS::RDS::DBInstance').filter(isReplica);
  const caches = template.ofType(cacheType).filter((group) => !holdsJobs(group));
  const balancers = template.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer');
  return [
    ...statements('deletion', ['database', 'databases'], primaries(template), ofDatabase),
    ...statements('deletion', ['load balancer', 'load balancers'], balancers, ofBalancer),
    ...statefulTypes.flatMap((type) => ofStatefulType(type, template)),
    ...statements('deletion', ['files of the bucket', 'buckets’ files'], template.ofType('AWS::S3::Bucket'), ofFiles),
    ...statements('deletion', ['replica', 'replicas'], replicas, () => ['fact', 'a copy: no data is lost with it']),
    ...ofStatefulType(cacheType, template),
    ...statements('deletion', ['cache', 'caches'], caches, () => ['fact', 'contains only copies, and is deleted with them']),
  ];
}

function ofStatefulType(type: string, template: Template): readonly ProtectionRow[] {
  const resources = template.ofType(type).filter((resource) => statefulType(resource) && isWork(resource, template));
  const { singular, plural, addressOnly } = statefulType(resources[0]) ?? {};
  if (addressOnly || !singular || !plural) return [];
  return statements('deletion', [`${singular} in the stack`, `${plural} in the stack`], resources, leaving);
}

function ofDatabase(database: Resource): Statement {
  return deletionProtection(database.flag('DeletionProtection'));
}

function ofBalancer(balancer: Resource): Statement {
  const attribute = balancer.list('LoadBalancerAttributes').find((each) => member(each, 'Key') === 'deletion_protection.enabled');
  return deletionProtection(scalar(member(attribute, 'Value')) === 'true');
}

const deletionProtection = (isOn: boolean): Statement =>
  isOn ? ['good', 'deletion protection is on'] : ['weak', 'deletion protection is off'];

/** Dead letters of a function are calls that its schedule makes again. */
function isWork(queue: Resource, template: Template): boolean {
  const lambdas = template.ofType('AWS::Lambda::Function');
  return !lambdas.some((lambda) => lambda.references('DeadLetterConfig').includes(queue));
}

const fates = { Retain: 'kept', Snapshot: 'kept as a snapshot', Delete: 'deleted' } as const;

function leaving(resource: Resource): Statement {
  const [removed, replaced] = [whenRemoved(resource), whenReplaced(resource)];
  const verdict = [removed, replaced].includes('Delete') ? 'weak' : 'good';
  if (removed === replaced) return [verdict, `${fates[removed]} when it is removed from the stack or replaced`];
  return [verdict, `${fates[removed]} when it is removed from the stack, ${fates[replaced]} when it is replaced`];
}

function ofFiles(bucket: Resource): Statement {
  if (bucket.text('VersioningConfiguration.Status') !== 'Enabled')
    return ['weak', 'no versions: a deleted or overwritten file cannot be restored'];
  const days = keptDays(bucket);
  const kept = days === undefined ? 'without a limit' : `for ${days} ${days === '1' ? 'day' : 'days'}`;
  const locked = bucket.flag('ObjectLockEnabled') ? 'locked against deletion' : undefined;
  return ['good', joined(`older versions are kept ${kept}`, locked)];
}

/** Days of the first rule that ends older versions. */
function keptDays(bucket: Resource): string | undefined {
  const days = bucket
    .list('LifecycleConfiguration.Rules')
    .filter((rule) => member(rule, 'Status') !== 'Disabled')
    .map(
      (rule) =>
        member(member(rule, 'NoncurrentVersionExpiration'), 'NoncurrentDays') ??
        member(rule, 'NoncurrentVersionExpirationInDays'),
    )
    .find((each) => each !== undefined);
  return scalar(days);
}
