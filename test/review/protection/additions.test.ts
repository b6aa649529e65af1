import { reviewProtection } from '../../../lib/review/protection/review-protection';
import { Template } from '../../../lib/template/template';
import { protectionOf, rowsOf, type WrittenResources } from './rows-of';

/** A shop that somebody clicked together. */
const careless: WrittenResources = {
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }] },
  },
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      Engine: 'postgres',
      PubliclyAccessible: true,
      BackupRetentionPeriod: 0,
      VPCSecurityGroups: [{ Ref: 'Group' }],
    },
  },
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: 'internet-facing' } },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Protocol: 'HTTP' },
  },
  Pictures: { Type: 'AWS::S3::Bucket' },
  Anybody: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Pictures' },
      PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: '*' }] },
    },
  },
  Orders: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false } },
  Table: { Type: 'AWS::DynamoDB::Table' },
};

test('a template with everything wrong is weak in all of it', () => {
  const all = (['exposure', 'encryption', 'deletion', 'backups', 'recovery'] as const).flatMap((topic) =>
    rowsOf(careless, topic),
  );
  expect(all.filter((row) => row.startsWith('weak'))).toEqual([
    'weak WAF: none on the load balancer',
    'weak load balancer: faces the Internet',
    'weak security group: allows anyone: all ports',
    'weak database: has a public address; allows anyone, all ports',
    'weak bucket: a policy allows anyone, and not all public access is blocked',
    'weak listener: HTTP, unencrypted on the Internet',
    'weak tasks to the database: TLS optional: rds.force_ssl is not set',
    'weak requests to the bucket: plain HTTP is not refused',
    'weak requests to the queue: plain HTTP is not refused',
    'weak database at rest: not encrypted',
    'weak queue at rest: not encrypted',
    'weak database: deletion protection is off',
    'weak load balancer: deletion protection is off',
    'weak database in the stack: kept as a snapshot when it is removed from the stack, deleted when it is replaced',
    'weak table in the stack: deleted when it is removed from the stack or replaced',
    'weak queue in the stack: deleted when it is removed from the stack or replaced',
    'weak bucket in the stack: deleted when it is removed from the stack or replaced',
    'weak files of the bucket: no versions: a deleted or overwritten file cannot be restored',
    'weak database: no backups: the retention is 0 days',
    'weak failure of the database: no standby: downtime until it is repaired or restored; duration not measured',
    'weak damage to the database: all data is lost: no backups',
    'weak queue: messages wait 4 days, then are lost: no dead-letter queue',
  ]);
});

test('an empty template has no rows', () => {
  expect(protectionOf({})).toEqual({ rows: [] });
});

/** Values that CloudFormation would compute, or refuse, where the review looks for plain ones. */
const odd = [null, 1, 'text', [], ['text', null], {}, { 'Fn::If': ['Condition', 'a', 'b'] }, { Ref: 'Nowhere' }];

const types = [
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::BackupVault',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::VpcOrigin',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::ECS::Service',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBParameterGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::WAFv2::WebACL',
  'AWS::WAFv2::WebACLAssociation',
];

const properties = [
  'AccessPolicy',
  'BackupPlan',
  'BucketEncryption',
  'DistributionConfig',
  'LifecycleConfiguration',
  'LoadBalancerAttributes',
  'NetworkConfiguration',
  'Parameters',
  'PolicyDocument',
  'PublicAccessBlockConfiguration',
  'PubliclyAccessible',
  'RedrivePolicy',
  'Rules',
  'SecurityGroupIngress',
  'SourceDBInstanceIdentifier',
];

test.each(types)('%s with values that no plain template has is read without an error', (Type) => {
  for (const value of odd) {
    const source = { Resources: { It: { Type, Properties: Object.fromEntries(properties.map((name) => [name, value])) } } };
    expect(() => reviewProtection(new Template(source))).not.toThrow();
    const bare = { Resources: { It: { Type, Properties: value } } };
    expect(() => reviewProtection(new Template(bare))).not.toThrow();
  }
});

test('a type that this review does not know is said to be not known', () => {
  const template = new Template({ Resources: { Search: { Type: 'AWS::OpenSearchService::Domain' } } });
  const { rows } = reviewProtection(template, () => false);
  expect(rows).toContainEqual({
    topic: 'exposure',
    subject: 'OpenSearchService Domain',
    text: 'a type that this review does not know: exposure and data not checked',
    verdict: 'not known',
    resources: ['Search'],
  });
});

test.each([
  ['MultiAZ', 'recovery', 'failure of the database'],
  ['StorageEncrypted', 'encryption', 'database at rest'],
  ['BackupRetentionPeriod', 'backups', 'database'],
  ['DeletionProtection', 'deletion', 'database'],
  ['PubliclyAccessible', 'exposure', 'database'],
] as const)('%s that only AWS knows leaves the statement open', (property, topic, what) => {
  const resources = {
    Database: { Type: 'AWS::RDS::DBInstance', Properties: { [property]: { 'Fn::If': ['Given', true, false] } } },
  };
  expect(rowsOf(resources, topic)).toContain(`not known ${what}: depends on ${property}, which only AWS knows`);
});
