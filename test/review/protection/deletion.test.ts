import { statefulType, statefulTypes } from '../../../lib/template/stateful-resources';
import { Template } from '../../../lib/template/template';
import { it as one, protectionOf, rowsOf, type WrittenResources } from './rows-of';

const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const attribute = (Value: string) => ({ LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value }] });
const balancer = (Properties: object) => one('AWS::ElasticLoadBalancingV2::LoadBalancer', Properties);
const versions = (rules: readonly object[]) =>
  one('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' }, LifecycleConfiguration: { Rules: rules } });

test.each<readonly [name: string, resources: WrittenResources, row: string]>([
  ['a protected database', one('AWS::RDS::DBInstance', { DeletionProtection: true }), 'good database: deletion protection is on'],
  ['a database without protection', one('AWS::RDS::DBInstance'), 'weak database: deletion protection is off'],
  ['a protected load balancer', balancer(attribute('true')), 'good load balancer: deletion protection is on'],
  ['a load balancer without', balancer(attribute('false')), 'weak load balancer: deletion protection is off'],
  [
    'a bucket that is kept',
    one('AWS::S3::Bucket', {}, kept),
    'good bucket in the stack: kept when it is removed from the stack or replaced',
  ],
  [
    'a bucket that was kept after its first deployment',
    one('AWS::S3::Bucket', {}, { ...kept, DeletionPolicy: 'RetainExceptOnCreate' }),
    'good bucket in the stack: kept when it is removed from the stack or replaced',
  ],
  [
    'a bucket without policies',
    one('AWS::S3::Bucket'),
    'weak bucket in the stack: deleted when it is removed from the stack or replaced',
  ],
  [
    'a database without policies, of which CloudFormation takes a snapshot only when it leaves',
    one('AWS::RDS::DBInstance'),
    'weak database in the stack: kept as a snapshot when it is removed from the stack, deleted when it is replaced',
  ],
  [
    'a secret',
    one('AWS::SecretsManager::Secret', {}, kept),
    'good secret in the stack: kept when it is removed from the stack or replaced',
  ],
  ['a key', one('AWS::KMS::Key'), 'weak key in the stack: deleted when it is removed from the stack or replaced'],
  [
    'a replica',
    one('AWS::RDS::DBInstance', { SourceDBInstanceIdentifier: 'x' }),
    'fact replica: a copy: no data is lost with it',
  ],
  [
    'versions for a month',
    versions([{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }]),
    'good files of the bucket: older versions are kept for 30 days',
  ],
  [
    'versions whose rule is off',
    versions([{ Status: 'Disabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }]),
    'good files of the bucket: older versions are kept without a limit',
  ],
  [
    'a bucket without versions',
    one('AWS::S3::Bucket'),
    'weak files of the bucket: no versions: a deleted or overwritten file cannot be restored',
  ],
])('%s', (_, resources, row) => {
  expect(rowsOf(resources, 'deletion')).toContain(row);
});

test('a cache holds copies of what is in the database', () => {
  expect(rowsOf(one('AWS::ElastiCache::ReplicationGroup'), 'deletion')).toEqual([
    'fact cache: contains only copies, and is deleted with them',
  ]);
});

test('dead letters of a function hold nothing that its schedule does not make again', () => {
  const resources = {
    ...one('AWS::SQS::Queue'),
    Lambda: { Type: 'AWS::Lambda::Function', Properties: { DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['It', 'Arn'] } } } },
  };
  expect(rowsOf(resources, 'deletion')).toEqual([]);
});

test('resources of which the same is true are one row, with all their ids', () => {
  const bucket = { Type: 'AWS::S3::Bucket', ...kept };
  const rows = protectionOf({ Resources: { One: bucket, Other: bucket } }).rows;
  expect(rows.find(({ subject: what }) => what === '2 buckets in the stack')?.resources).toEqual(['One', 'Other']);
});

/** Every type of the one list that change and protection read. */
test.each(statefulTypes)('%s is told with what becomes of it, or has an address alone', (type) => {
  const template = { Resources: { It: { Type: type } } };
  const [stateful] = new Template(template).resources.map(statefulType);
  const rows = protectionOf(template).rows.filter(
    ({ topic, subject: what }) => topic === 'deletion' && what.endsWith('in the stack'),
  );
  expect(rows).toHaveLength(stateful?.addressOnly ? 0 : 1);
});
