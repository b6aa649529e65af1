import type { Resource } from '../template';
import { type Charge, used } from './charge';
import { type EntryTable, free, type Scope } from './entry';

/** S3 and AWS Backup. */
export const storage: EntryTable = {
  'AWS::S3::Bucket': {
    part: 'files',
    together: (buckets, scope) => [...fileCharges(buckets, scope), ...accessLogCharges(scope)],
  },
  'AWS::S3::BucketPolicy': free('Rights are not charged'),

  'AWS::Backup::BackupPlan': {
    part: 'backups',
    together: (_, { usage }) => [used('copies of database and files', 'backup.rds', usage.backupGb, ['backupGb'])],
  },
  'AWS::Backup::BackupVault': free('A vault is not charged; its copies count with the plan that makes them'),
  'AWS::Backup::BackupSelection': free('A selection is not charged'),
};

function fileCharges(buckets: readonly Resource[], scope: Scope): Charge[] {
  const logs = logBuckets(scope);
  const resource = buckets.find((bucket) => !logs.has(bucket));
  const { filesGb, filesWrites, filesReads } = scope.usage;
  if (!resource) return [];
  return [
    { ...used('files', 's3.storage', filesGb, ['filesGb']), resource },
    { ...used('writing requests', 's3.writes', filesWrites, ['filesWrites']), resource },
    { ...used('reading requests', 's3.reads', filesReads, ['filesReads']), resource },
  ];
}

function accessLogCharges(scope: Scope): Charge[] {
  const [resource] = logBuckets(scope);
  return resource ? [{ ...used('access logs', 's3.storage', scope.usage.accessLogGb, ['accessLogGb']), resource }] : [];
}

/** Buckets that other resources deliver their access logs to. */
export function logBuckets({ template }: Pick<Scope, 'template'>): ReadonlySet<Resource> {
  return new Set(
    [
      ...template.ofType('AWS::S3::Bucket').flatMap((bucket) => bucket.references('LoggingConfiguration.DestinationBucketName')),
      ...template.ofType('AWS::CloudFront::Distribution').flatMap((cdn) => cdn.references('DistributionConfig.Logging.Bucket')),
      ...template
        .ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')
        .flatMap((balancer) => balancer.references('LoadBalancerAttributes')),
      ...template.ofType('AWS::EC2::FlowLog').flatMap((flowLog) => flowLog.references('LogDestination')),
    ].filter(({ type }) => type === 'AWS::S3::Bucket'),
  );
}
