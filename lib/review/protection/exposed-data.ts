import { protectionFacts } from '../../facts/protection';
import { isReplica } from '../../template/database';
import type { Resource, Template } from '../../template/template';
import { groupsOf, letsIn } from './inbound-rules';
import { letsAnybodyIn } from './policies';
import { scalar } from './scalar';
import { joined, type Statement, statements } from './statements';
import type { ProtectionRow } from './types';

/** Whether the Internet reaches databases and buckets. */
export function exposedData(template: Template): ProtectionRow[] {
  const instances = template.ofType('AWS::RDS::DBInstance');
  return [
    ...statements(
      'exposure',
      ['database', 'databases'],
      instances.filter((instance) => !isReplica(instance)),
      (instance, view) => ofDatabase(view, instance),
    ),
    ...statements('exposure', ['replica', 'replicas'], instances.filter(isReplica), (instance, view) =>
      ofDatabase(view, instance),
    ),
    ...statements('exposure', ['bucket', 'buckets'], template.ofType('AWS::S3::Bucket'), (bucket, view) =>
      ofBucket(view, bucket),
    ),
  ];
}

function ofDatabase(template: Template, instance: Resource): Statement {
  const groups = groupsOf(instance, 'VPCSecurityGroups');
  const admits = groups.length === 0 ? undefined : `allows ${letsIn(template, groups)}`;
  if (instance.flag('PubliclyAccessible')) return ['weak', joined('has a public address', admits)];
  if (scalar(instance.value('PubliclyAccessible')) !== 'false')
    return ['weak', joined('PubliclyAccessible is not set to false', admits)];
  return ['good', joined('no public address', admits)];
}

const byItself = protectionFacts.s3BlocksPublicAccessBySelf;

const blocks = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

function ofBucket(template: Template, bucket: Resource): Statement {
  const configuration = 'PublicAccessBlockConfiguration';
  const missing = blocks.filter((block) => !bucket.flag(`${configuration}.${block}`));
  const open = letsAnybodyIn(template, bucket, 'bucket');
  if (missing.length === 0)
    return ['good', open ? 'public access is blocked, although a policy allows anyone' : 'public access is blocked'];
  if (open) return ['weak', 'a policy allows anyone, and not all public access is blocked'];
  if (bucket.value(configuration) === undefined)
    return ['weak', `public access block not in the template; S3 enables it by default since ${byItself.since}`];
  return ['weak', `public access is not fully blocked: ${missing.join(', ')}`];
}
