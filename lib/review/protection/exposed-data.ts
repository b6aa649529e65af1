import { protectionFacts } from '../../facts/protection';
import { isReplica, primaries } from '../../template/database';
import { type Resource, scalar, type Template } from '../../template/template';
import { groupsOf, letsIn } from './inbound-rules';
import { letsAnybodyIn } from './policies';
import { joined, type Statement, statements } from './statements';
import type { ProtectionRow } from './types';

/** Whether the Internet reaches databases and buckets. */
export function exposedData(template: Template): ProtectionRow[] {
  const replicas = template.ofType('AWS::RDS::DBInstance').filter(isReplica);
  return [
    ...statements('exposure', ['database', 'databases'], primaries(template), ofDatabase),
    ...statements('exposure', ['replica', 'replicas'], replicas, ofDatabase),
    ...statements('exposure', ['bucket', 'buckets'], template.ofType('AWS::S3::Bucket'), ofBucket),
  ];
}

function ofDatabase(instance: Resource, template: Template): Statement {
  const admits = letsIn(template, groupsOf(instance, 'VPCSecurityGroups'));
  if (instance.flag('PubliclyAccessible')) return ['weak', joined('has a public address', admits)];
  if (scalar(instance.value('PubliclyAccessible')) !== 'false')
    return ['weak', joined('PubliclyAccessible is not set to false', admits)];
  return ['good', joined('no public address', admits)];
}

const blocks = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

function ofBucket(bucket: Resource, template: Template): Statement {
  const configuration = 'PublicAccessBlockConfiguration';
  const missing = blocks.filter((block) => !bucket.flag(`${configuration}.${block}`));
  const open = letsAnybodyIn(template, bucket, 'bucket');
  if (missing.length === 0)
    return ['good', open ? 'public access is blocked, although a policy allows anyone' : 'public access is blocked'];
  if (open) return ['weak', 'a policy allows anyone, and not all public access is blocked'];
  if (bucket.value(configuration) === undefined)
    return [
      'weak',
      `public access block not in the template; S3 enables it by default since ${protectionFacts.s3BlocksPublicAccessBySelf.since}`,
    ];
  return ['weak', `public access is not fully blocked: ${missing.join(', ')}`];
}
