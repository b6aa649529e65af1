import { logBuckets } from '../../template/buckets';
import type { Resource } from '../../template/template';
import { type Charge, used } from './charge';
import { type EntryTable, free, type Scope } from './entry';

/** S3 and AWS Backup. */
export const storage: EntryTable = {
  'AWS::S3::Bucket': {
    together: (buckets, scope) => [...fileCharges(buckets, scope), ...accessLogCharges(scope)],
  },
  'AWS::S3::BucketPolicy': free('Rights are not charged'),

  'AWS::Backup::BackupPlan': {
    together: (_, { usage }) => [used('backups of database and files', 'backup.rds', usage.backupGb, ['backupGb'])],
  },
  'AWS::Backup::BackupVault': free('A vault is not charged; its backups count with the plan that creates them'),
  'AWS::Backup::BackupSelection': free('A selection is not charged'),
};

function fileCharges(buckets: readonly Resource[], scope: Scope): Charge[] {
  const logs = logBuckets(scope.template);
  const resource = buckets.find((bucket) => !logs.has(bucket));
  const { filesGb, filesWrites, filesReads } = scope.usage;
  if (!resource) return [];
  return [
    { ...used('files', 's3.storage', filesGb, ['filesGb']), resource },
    { ...used('write requests', 's3.writes', filesWrites, ['filesWrites']), resource },
    { ...used('read requests', 's3.reads', filesReads, ['filesReads']), resource },
  ];
}

function accessLogCharges(scope: Scope): Charge[] {
  const [resource] = logBuckets(scope.template);
  return resource ? [{ ...used('access logs', 's3.storage', scope.usage.accessLogGb, ['accessLogGb']), resource }] : [];
}
