import { it as one, rowsOf, type WrittenResources } from './rows-of';

const rds = (Properties: object): WrittenResources => one('AWS::RDS::DBInstance', Properties);

const plan = (rule: object): WrittenResources => ({
  Plan: {
    Type: 'AWS::Backup::BackupPlan',
    Properties: { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: { Ref: 'Vault' }, ...rule }] } },
  },
});
const selection = (Resources: readonly object[]): WrittenResources => ({
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources } },
  },
});
const vault = (Properties: object = {}): WrittenResources => ({ Vault: { Type: 'AWS::Backup::BackupVault', Properties } });
const daily = { ScheduleExpression: 'cron(5 6 * * ? *)', Lifecycle: { DeleteAfterDays: 14 } };

test.each<readonly [name: string, resources: WrittenResources, row: string]>([
  [
    'a database with a window, a fortnight and copies that outlive it',
    rds({ PreferredBackupWindow: '03:00-04:00', BackupRetentionPeriod: '14', DeleteAutomatedBackups: false }),
    'good database: daily 03:00–04:00 UTC, kept 14 days; kept even if the database is deleted',
  ],
  [
    'a database that keeps less than a week',
    rds({ BackupRetentionPeriod: 6 }),
    'weak database: daily, at a time chosen by RDS, kept 6 days',
  ],
  ['a database that says nothing', rds({}), 'weak database: daily, at a time chosen by RDS, kept 1 day'],
  ['a database without backups', rds({ BackupRetentionPeriod: 0 }), 'weak database: no backups: the retention is 0 days'],
  [
    'a database whose backups go to another region',
    rds({ BackupRetentionPeriod: 7, AutomaticBackupReplicationRegion: 'us-west-2' }),
    'good database: daily, at a time chosen by RDS, kept 7 days; copied to us-west-2',
  ],
  [
    'a plan with what it covers',
    { ...rds({}), ...plan(daily), ...vault(), ...selection([{ 'Fn::GetAtt': ['It', 'DBInstanceArn'] }]) },
    'good AWS Backup: covers database; daily 06:05 UTC, kept 14 days',
  ],
  [
    'a plan that selects by tags, copies elsewhere and never ends',
    { ...plan({ CopyActions: [{}], ScheduleExpression: 'rate(12 hours)' }), ...vault(), ...selection([]) },
    'good AWS Backup: covers what tags or ARNs select; rate(12 hours), kept without a limit, copied to another vault',
  ],
  ['a plan that selects nothing', { ...plan(daily), ...vault() }, 'weak AWS Backup: covers nothing'],
  ['no plan', rds({}), 'fact AWS Backup: no plan: only automated backups of RDS, and older versions in buckets'],
  [
    'a vault that lets nobody delete',
    {
      ...plan(daily),
      ...vault({
        AccessPolicy: { Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: ['backup:DeleteRecoveryPoint'] }] },
      }),
    },
    'good vault of backups: its policy denies deleting backups before they expire',
  ],
  [
    'a vault that is locked',
    { ...plan(daily), ...vault({ LockConfiguration: { MinRetentionDays: 7 } }) },
    'good vault of backups: locked: backups cannot be deleted before they expire',
  ],
  [
    'a vault like any',
    { ...plan(daily), ...vault() },
    'weak vault of backups: backups can be deleted by anyone with access to AWS Backup',
  ],
  [
    'a cache with snapshots',
    one('AWS::ElastiCache::ReplicationGroup', { SnapshotRetentionLimit: 3 }),
    'fact cache: daily, kept 3 days',
  ],
])('backups: %s', (_, resources, row) => {
  expect(rowsOf(resources, 'backups')).toContain(row);
});

test('a vault that no plan writes to is not told', () => {
  expect(rowsOf(vault(), 'backups')).toEqual([]);
});

const queue = (Properties: object): WrittenResources => ({
  ...one('AWS::SQS::Queue', Properties),
  Dead: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
});

test.each<readonly [name: string, resources: WrittenResources, row: string]>([
  [
    'a database with a standby',
    rds({ MultiAZ: true }),
    'good failure of the database: a standby in another zone takes over within 60-120 s; nothing committed is lost',
  ],
  [
    'a database without',
    rds({}),
    'weak failure of the database: no standby: downtime until it is repaired or restored; duration not measured',
  ],
  [
    'backups of a week',
    rds({ BackupRetentionPeriod: 7 }),
    'fact damage to the database: restored as a new instance, to any second of the last 7 days until about 5 min ago; duration not measured',
  ],
  ['no backups', rds({ BackupRetentionPeriod: 0 }), 'weak damage to the database: all data is lost: no backups'],
  [
    'a cache with a replica',
    one('AWS::ElastiCache::ReplicationGroup', { AutomaticFailoverEnabled: true }),
    'good cache: a replica takes over; the last writes are lost if it lagged',
  ],
  [
    'a queue with dead letters: 172,800 s are 2 days, 1,209,600 s 14',
    queue({ MessageRetentionPeriod: 172_800, RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } } }),
    'good queue: messages wait 2 days; messages that fail every attempt are kept 14 days in the dead-letter queue',
  ],
  [
    'a queue without, with SQS’s four days',
    one('AWS::SQS::Queue'),
    'weak queue: messages wait 4 days, then are lost: no dead-letter queue',
  ],
  [
    'a service in two zones whose failed deployments are undone',
    {
      ...one('AWS::ECS::Service', {
        DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: 'A' }, { Ref: 'B' }] } },
      }),
      A: { Type: 'AWS::EC2::Subnet' },
      B: { Type: 'AWS::EC2::Subnet' },
    },
    'good service: tasks in up to 2 zones, replaced by ECS; a failed deployment is rolled back',
  ],
  [
    'a service in one zone, though its failed deployments are undone',
    {
      ...one('AWS::ECS::Service', {
        DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: 'A' }] } },
      }),
      A: { Type: 'AWS::EC2::Subnet' },
    },
    'weak service: tasks in one zone, replaced by ECS; a failed deployment is rolled back',
  ],
  [
    'a cache of one node',
    one('AWS::ElastiCache::ReplicationGroup'),
    'fact cache: one node: restarts empty while the database serves reads; sessions are kept',
  ],
  ['a service without', one('AWS::ECS::Service'), 'weak service: a failed deployment is not rolled back'],
  ['one region', rds({}), 'fact region: nothing is copied to another region: permanent loss of the region loses the data'],
])('recovery: %s', (_, resources, row) => {
  expect(rowsOf(resources, 'recovery')).toContain(row);
});
