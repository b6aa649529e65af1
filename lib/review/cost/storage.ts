import { logBuckets } from '../../template/buckets';
import { storageGb } from '../../template/database';
import type { Resource } from '../../template/template';
import type { AssumptionName } from './assumptions';
import { type Charge, used } from './charge';
import { type EntryTable, free, type Scope } from './entry';

/** S3 and AWS Backup. */
export const storage: EntryTable = {
  'AWS::S3::Bucket': {
    together: (buckets, scope) => [...fileCharges(buckets, scope), ...accessLogCharges(scope)],
  },
  'AWS::S3::BucketPolicy': free('Rights are not charged'),

  'AWS::Backup::BackupPlan': {
    each: backupCharges,
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

/** What a plan keeps of the databases and buckets that its selections name: a first copy, and the changes of its days. */
function backupCharges(plan: Resource, { template, usage }: Scope): Charge[] {
  const selections = template
    .ofType('AWS::Backup::BackupSelection')
    .filter((selection) => selection.references('BackupPlanId').includes(plan));
  const covered = new Set(selections.flatMap((selection) => selection.references('BackupSelection.Resources')));
  const databases = [...covered].filter(({ type }) => type === 'AWS::RDS::DBInstance');
  const buckets = [...covered].some(({ type }) => type === 'AWS::S3::Bucket');
  const { databaseUsedShare, dailyChangeShare, keptBackupDays } = usage;
  const rules = plan.list('BackupPlan.BackupPlanRule').map((rule) => plan.part(rule));
  const kept = rules.map((rule) => rule.number('Lifecycle.DeleteAfterDays'));
  const days = Math.max(0, ...kept.map((own) => own ?? keptBackupDays));
  const changes: readonly AssumptionName[] = kept.includes(undefined)
    ? ['dailyChangeShare', 'keptBackupDays']
    : ['dailyChangeShare'];
  const copies = 1 + dailyChangeShare * days;
  const databaseGb = databases.reduce((gb, database) => gb + storageGb(database), 0) * databaseUsedShare;
  return [
    used('backups of the database', 'backup.rds', databaseGb * copies, ['databaseUsedShare', ...changes]),
    used('backups of the buckets', 'backup.s3', buckets ? usage.filesGb * copies : 0, ['filesGb', ...changes]),
  ];
}
