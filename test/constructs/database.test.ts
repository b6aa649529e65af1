import type { DatabaseProps } from '../../lib/constructs/database';
import { aDatabase, allowed, aNetwork, aRole, only, propertiesOf, remembered, template, theirStack } from './parts';

const database = remembered((settings: Partial<DatabaseProps> = {}, natGateways?: number) => {
  const stack = theirStack();
  aNetwork(stack, { natGateways: natGateways ?? 0 });
  const part = aDatabase(stack, settings);
  part.grantLogin(aRole(stack), 'reader');
  return template(stack);
});

const instance = (settings: Partial<DatabaseProps> = {}) => only(database(settings), 'AWS::RDS::DBInstance');

test('at the least it is a small Multi-AZ instance on gp3 without figures of its own', () => {
  const { Properties } = instance();
  expect(Properties).toMatchObject({
    DBInstanceClass: 'db.t4g.micro',
    AllocatedStorage: '20',
    StorageType: 'gp3',
    MultiAZ: true,
    EngineVersion: '18',
    DBInstanceIdentifier: 'theirs-database',
  });
  expect(Properties).not.toHaveProperty('Iops');
  expect(Properties).not.toHaveProperty('StorageThroughput');
});

test('every number that is given reaches the instance', () => {
  const given = instance({
    instanceClass: 'db.r8g.2xlarge',
    storageGb: 1000,
    iops: 12_000,
    throughputMiBps: 500,
    multiAz: false,
    backupRetentionDays: 35,
    deletionProtection: false,
    engineVersion: '17',
    instanceIdentifier: 'other-database',
  });
  expect(given.Properties).toMatchObject({
    DBInstanceClass: 'db.r8g.2xlarge',
    AllocatedStorage: '1000',
    Iops: 12_000,
    StorageThroughput: 500,
    MultiAZ: false,
    BackupRetentionPeriod: 35,
    DeletionProtection: false,
    EngineVersion: '17',
    DBInstanceIdentifier: 'other-database',
  });
});

test('the major version has its own parameters, and the instance stays the same', () => {
  const [seventeen, eighteen] = [database({ engineVersion: '17' }), database({ engineVersion: '18' })];
  const parameters = (from: typeof seventeen) => only(from, 'AWS::RDS::DBParameterGroup');
  expect(parameters(seventeen).Properties.Family).toBe('postgres17');
  expect(parameters(eighteen).Properties.Family).toBe('postgres18');
  expect(parameters(seventeen).id).not.toBe(parameters(eighteen).id);
  expect(only(seventeen, 'AWS::RDS::DBInstance').id).toBe(only(eighteen, 'AWS::RDS::DBInstance').id);
});

test('slow statements are logged without the values in them', () => {
  expect(only(database(), 'AWS::RDS::DBParameterGroup').Properties.Parameters).toMatchObject({
    log_min_duration_statement: '1000',
    log_parameter_max_length: '0',
  });
});

/** As RDS writes them: its log_line_prefix is `%t:%r:%u@%d:[%p]:`. */
const logLines = {
  slow: '2026-11-20 12:00:00 UTC:10.0.48.17(51234):store_app@store:[8123]:LOG:  duration: 1203.456 ms  execute <unnamed>: select 1',
  checkpoint: '2026-11-20 12:00:00 UTC::@:[402]:LOG:  checkpoint complete: wrote 52 buffers (0.3%)',
  lock: '2026-11-20 12:00:00 UTC:10.0.48.17(51234):store_app@store:[8123]:LOG:  process 8123 still waiting for ShareLock on transaction 731 after 1000.123 ms',
  failed:
    '2026-11-20 12:00:00 UTC:10.0.48.17(51234):store_app@store:[8123]:ERROR:  column "duration: " does not exist at character 8',
};

test('a slow statement is counted by its line in the log, and no other line is', () => {
  const from = database();
  const { FilterPattern, LogGroupName, MetricTransformations } = only(from, 'AWS::Logs::MetricFilter').Properties;
  const term = JSON.parse(FilterPattern as string) as string; // in quotes: CloudWatch counts the lines that contain it
  expect(Object.entries(logLines).flatMap(([name, line]) => (line.includes(term) ? name : []))).toEqual(['slow']);
  expect(from.Resources[LogGroupName.Ref as string]?.Properties.LogGroupName).toBe(
    '/aws/rds/instance/theirs-database/postgresql',
  );
  expect(MetricTransformations).toEqual([
    { MetricNamespace: 'Store/theirs', MetricName: 'SlowQueries', MetricValue: '1', DefaultValue: 0, Unit: 'Count' },
  ]);
});

test('a new database is encrypted with the key that is given', () => {
  const { Properties } = instance();
  expect(Properties).toMatchObject({ StorageEncrypted: true, DBName: 'store' });
  expect(JSON.stringify(Properties.KmsKeyId)).toContain('TheirKey');
});

test('a restored one is the same resource, takes name and encryption from its snapshot and its password from the secret', () => {
  const [fresh, restored] = [instance(), instance({ snapshotIdentifier: 'before-the-move' })];
  expect(restored.id).toBe(fresh.id);
  expect(restored.Properties.DBSnapshotIdentifier).toBe('before-the-move');
  for (const fromSnapshot of ['DBName', 'MasterUsername', 'StorageEncrypted', 'KmsKeyId']) {
    expect(restored.Properties).not.toHaveProperty(fromSnapshot);
  }
  expect(restored.Properties.MasterUserPassword).toEqual(fresh.Properties.MasterUserPassword);
});

test('its logs are made before it: encrypted, and with an end', () => {
  const from = database({ logRetentionDays: 90 });
  const groups = Object.entries(from.Resources).filter(([, { Type }]) => Type === 'AWS::Logs::LogGroup');
  expect(groups.map(([, { Properties }]) => [Properties.LogGroupName, Properties.RetentionInDays])).toEqual([
    ['/aws/rds/instance/theirs-database/postgresql', 90],
    ['/aws/rds/instance/theirs-database/upgrade', 90],
  ]);
  expect(only(from, 'AWS::RDS::DBInstance').DependsOn).toEqual(expect.arrayContaining(groups.map(([id]) => id)));
});

test('without a NAT gateway the master secret is not rotated, since the rotation could not reach its API', () => {
  expect(propertiesOf(database(), 'AWS::SecretsManager::RotationSchedule')).toEqual([]);
});

test('with one it is rotated monthly by a function that reaches the database and AWS and may decrypt the secret', () => {
  const from = database({}, 1);
  const { HostedRotationLambda, RotationRules } = only(from, 'AWS::SecretsManager::RotationSchedule').Properties;
  expect(RotationRules).toEqual({ ScheduleExpression: 'rate(30 days)' });
  expect(JSON.stringify(HostedRotationLambda.KmsKeyArn)).toContain('TheirKey');
  expect(HostedRotationLambda.VpcSubnetIds).toBe('subnet-0000000c,subnet-0000000d');
  const group = HostedRotationLambda.VpcSecurityGroupIds['Fn::GetAtt'][0] as string;
  expect(from.Resources[group]?.Properties.SecurityGroupEgress).toEqual([
    expect.objectContaining({ CidrIp: '0.0.0.0/0', FromPort: 443 }),
  ]);
  expect(propertiesOf(from, 'AWS::EC2::SecurityGroupIngress')).toEqual([
    expect.objectContaining({ FromPort: 5432, SourceSecurityGroupId: { 'Fn::GetAtt': [group, 'GroupId'] } }),
  ]);
});

test('whoever may log in may do so as that role alone', () => {
  expect(allowed(database(), 'TheirRole')).toEqual([
    { action: 'rds-db:connect', resource: expect.stringMatching(/DbiResourceId.*\/reader"/) as string },
  ]);
});
