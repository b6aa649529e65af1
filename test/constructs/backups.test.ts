import * as s3 from 'aws-cdk-lib/aws-s3';
import { Backups } from '../../lib/constructs/backups';
import { aDatabase, aKey, only, remembered, template, theirStack } from './parts';

const backups = remembered(({ withBucket }: { withBucket: boolean }) => {
  const stack = theirStack();
  const buckets = withBucket ? [new s3.Bucket(stack, 'Pictures') as s3.IBucket] : [];
  new Backups(stack, 'Backups', { enabled: true, retentionDays: 35, key: aKey(stack), database: aDatabase(stack), buckets });
  return template(stack);
});

test('one copy a day is kept for the days asked for', () => {
  const [rule] = only(backups({ withBucket: false }), 'AWS::Backup::BackupPlan').Properties.BackupPlan.BackupPlanRule;
  expect(rule.Lifecycle).toEqual({ DeleteAfterDays: 35 });
  expect(rule.ScheduleExpression).toMatch(/^cron\(\d+ \d+ \* \* \? \*\)$/);
});

test('copying starts outside the windows of RDS and the hour before them', () => {
  const from = backups({ withBucket: false });
  const [rule] = only(from, 'AWS::Backup::BackupPlan').Properties.BackupPlan.BackupPlanRule;
  const { PreferredBackupWindow, PreferredMaintenanceWindow } = only(from, 'AWS::RDS::DBInstance').Properties;
  const start = Number(/^cron\(0 (\d+) /.exec(rule.ScheduleExpression)?.[1]);
  const end = start + rule.StartWindowMinutes / 60;
  for (const window of [PreferredBackupWindow, PreferredMaintenanceWindow] as string[]) {
    const [opens = 0, closes = 0] = [...window.matchAll(/(\d\d):(\d\d)/g)].map(([, h, m]) => Number(h) + Number(m) / 60);
    expect(start >= closes || end <= opens - 1).toBe(true);
  }
});

test('the copies are encrypted with the key that is given and outlive the stack', () => {
  const vault = only(backups({ withBucket: false }), 'AWS::Backup::BackupVault');
  expect(JSON.stringify(vault.Properties.EncryptionKeyArn)).toContain('TheirKey');
  expect(vault.DeletionPolicy).toBe('Retain');
});

test('the database and each bucket are copied', () => {
  const { Resources } = only(backups({ withBucket: true }), 'AWS::Backup::BackupSelection').Properties.BackupSelection;
  expect(Resources.map((arn: unknown) => JSON.stringify(arn))).toEqual([
    expect.stringMatching(/^.*:db:.*"Ref":"DatabasePrimary/),
    expect.stringMatching(/GetAtt":\["Pictures/),
  ]);
});

test('the role may copy buckets too, which the stock one may not', () => {
  const from = backups({ withBucket: true });
  const id = only(from, 'AWS::Backup::BackupSelection').Properties.BackupSelection.IamRoleArn['Fn::GetAtt'][0] as string;
  const policies = JSON.stringify(from.Resources[id]?.Properties.ManagedPolicyArns);
  expect(policies).toContain(':iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup');
  expect(policies).toContain(':iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup');
});
