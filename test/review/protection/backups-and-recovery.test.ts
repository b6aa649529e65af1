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
    'good database: daily 03:00–04:00 UTC, kept 14 days; also after the database is deleted',
  ],
  [
    'a database that keeps less than a week',
    rds({ BackupRetentionPeriod: 6 }),
    'weak database: daily, at a time that RDS chooses, kept 6 days',
  ],
  ['a database that says nothing', rds({}), 'weak database: daily, at a time that RDS chooses, kept 1 day'],
  ['a database without backups', rds({ BackupRetentionPeriod: 0 }), 'weak database: none: the retention is 0 days'],
  [
    'a database whose backups go to another region',
    rds({ BackupRetentionPeriod: 7, AutomaticBackupReplicationRegion: 'us-west-2' }),
    'good database: daily, at a time that RDS chooses, kept 7 days; copied to us-west-2',
  ],
  [
    'a plan with what it covers',
    { ...rds({}), ...plan(daily), ...vault(), ...selection([{ 'Fn::GetAtt': ['It', 'DBInstanceArn'] }]) },
    'good AWS Backup: covers database; daily 06:05 UTC, kept 14 days',
  ],
  [
    'a plan that selects by tags, copies elsewhere and never ends',
    { ...plan({ CopyActions: [{}], ScheduleExpression: 'rate(12 hours)' }), ...vault(), ...selection([]) },
    'good AWS Backup: covers what tags or addresses select; rate(12 hours), kept without end, copied to another vault',
  ],
  ['a plan that selects nothing', { ...plan(daily), ...vault() }, 'weak AWS Backup: covers nothing'],
  ['no plan', rds({}), 'fact AWS Backup: no plan: copies are those that RDS makes itself, and older versions in buckets'],
  [
    'a vault that lets nobody delete',
    {
      ...plan(daily),
      ...vault({
        AccessPolicy: { Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: ['backup:DeleteRecoveryPoint'] }] },
      }),
    },
    'good vault of backups: its policy lets nobody delete a copy before its time',
  ],
  [
    'a vault that is locked',
    { ...plan(daily), ...vault({ LockConfiguration: { MinRetentionDays: 7 } }) },
    'good vault of backups: locked: nobody deletes a copy before its time',
  ],
  ['a vault like any', { ...plan(daily), ...vault() }, 'weak vault of backups: whoever may use AWS Backup can delete copies'],
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
    'good a database that fails: a standby in another zone takes over in 60-120 s; nothing committed is lost',
  ],
  [
    'a database without',
    rds({}),
    'weak a database that fails: no standby: it is away until it is repaired or restored; how long is not measured',
  ],
  [
    'backups of a week',
    rds({ BackupRetentionPeriod: 7 }),
    'fact a database that is damaged: restored as a new one, to any second of 7 days up to about 5 min ago; how long it takes is not measured',
  ],
  ['no backups', rds({ BackupRetentionPeriod: 0 }), 'weak a database that is damaged: all data is lost: there are no backups'],
  [
    'a cache with a replica',
    one('AWS::ElastiCache::ReplicationGroup', { AutomaticFailoverEnabled: true }),
    'good cache: a replica takes over, without the last writes if it lagged',
  ],
  [
    'a queue with dead letters: 172,800 s are 2 days, 1,209,600 s 14',
    queue({ MessageRetentionPeriod: 172_800, RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } } }),
    'good queue: messages wait 2 days; what fails every attempt is kept 14 days as a dead letter',
  ],
  [
    'a queue without, with SQS’s four days',
    one('AWS::SQS::Queue'),
    'weak queue: messages wait 4 days, and are lost then: no dead letters',
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
    'good service: tasks in up to 2 zones, replaced by ECS; a deployment that fails is undone',
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
    'weak service: tasks in one zone, replaced by ECS; a deployment that fails is undone',
  ],
  [
    'a cache of one node',
    one('AWS::ElastiCache::ReplicationGroup'),
    'fact cache: one node: it starts cold, and the database answers meanwhile; nobody is logged out',
  ],
  ['a service without', one('AWS::ECS::Service'), 'weak service: a deployment that fails stays as it is'],
  [
    'one region',
    rds({}),
    'fact region: nothing is copied to another region: a region that is lost for good takes the data with it',
  ],
])('recovery: %s', (_, resources, row) => {
  expect(rowsOf(resources, 'recovery')).toContain(row);
});
