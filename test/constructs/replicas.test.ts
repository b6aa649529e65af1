import { resourcesOf } from '../support/stores';
import { allowed, aRole, propertiesOf, remembered, someReplicas, template, theirStack } from './parts';

const replicas = remembered((names: readonly string[]) => {
  const stack = theirStack();
  const part = someReplicas(stack, names);
  part.grantLogin(aRole(stack), 'reader');
  const from = template(stack);
  const made = resourcesOf(from, 'AWS::RDS::DBInstance').filter(([, { Properties }]) => Properties.SourceDBInstanceIdentifier);
  return { part, from, made };
});

test.each([0, 1, 3])('%s replicas are made where so many names are given', (count) => {
  const names = Array.from({ length: count }, (_, index) => `theirs-replica-${index + 1}`);
  const { part, made } = replicas(names);
  expect(made.map(([, { Properties }]) => Properties.DBInstanceIdentifier as string)).toEqual(names);
  expect(part.hosts).toHaveLength(count);
});

test('one more replica leaves the others alone', () => {
  const [two = [], three = []] = [
    ['a-1', 'a-2'],
    ['a-1', 'a-2', 'a-3'],
  ].map((names) => replicas(names).made.map(([id]) => id));
  expect(three.slice(0, 2)).toEqual(two);
});

test('a replica has the primary’s parameters, subnets and security group', () => {
  const { from, made } = replicas(['theirs-replica-1']);
  const primary = propertiesOf(from, 'AWS::RDS::DBInstance').find(
    ({ SourceDBInstanceIdentifier }) => !SourceDBInstanceIdentifier,
  );
  for (const property of ['DBParameterGroupName', 'DBSubnetGroupName', 'VPCSecurityGroups', 'AllocatedStorage', 'StorageType']) {
    expect(made[0]?.[1].Properties[property]).toEqual(primary?.[property]);
  }
});

test('a replica gets nothing that RDS refuses or that belongs to the primary', () => {
  const { Properties } = replicas(['theirs-replica-1']).made[0]?.[1] ?? {};
  for (const property of [
    'MasterUsername',
    'MasterUserPassword',
    'DBName',
    'KmsKeyId',
    'StorageEncrypted',
    'MultiAZ',
    'BackupRetentionPeriod',
  ]) {
    expect(Properties).not.toHaveProperty(property);
  }
});

test('its log is made before it: encrypted, and with an end', () => {
  const { from, made } = replicas(['theirs-replica-1']);
  const [id, log] =
    resourcesOf(from, 'AWS::Logs::LogGroup').find(
      ([, { Properties }]) => Properties.LogGroupName === '/aws/rds/instance/theirs-replica-1/postgresql',
    ) ?? [];
  expect(log?.Properties.RetentionInDays).toBe(30);
  expect(made[0]?.[1].DependsOn).toContain(id);
});

test('whoever may log in may do so at every replica', () => {
  const { from } = replicas(['theirs-replica-1', 'theirs-replica-2']);
  expect(allowed(from, 'TheirRole')).toHaveLength(2);
});
