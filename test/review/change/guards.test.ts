import type { ChangeReview } from '../../../lib/review/change/types';
import { statefulTypes } from '../../../lib/template/stateful-resources';
import { reviewedTemplate } from '../../support/reviewed-templates';
import { between, changed, effectsOf, type Resources, review, rulesOf } from './few-resources';

// A cluster keeps a last snapshot by itself, so its removal leaves the data where the store does not look.
test.each(statefulTypes)('%s that leaves the stack blocks, since it holds something', (Type) => {
  const deleted = review({ It: { Type }, Other: { Type: 'AWS::SNS::Topic' } }, { Other: { Type: 'AWS::SNS::Topic' } });

  expect(deleted.verdict).toBe('blocked');
  expect(rulesOf(deleted)).toHaveLength(1);
});

describe('what nobody can undo in the night is blocked', () => {
  const behind = { LoadBalancers: [{ ContainerName: 'api', ContainerPort: 8080, TargetGroupArn: 'arn' }] };

  it.each<[string, ChangeReview, string]>([
    [
      'a service that goes',
      review({ Api: { Type: 'AWS::ECS::Service' }, T: { Type: 'AWS::SNS::Topic' } }, { T: { Type: 'AWS::SNS::Topic' } }),
      'service-goes',
    ],
    [
      'a service behind no load balancer any more',
      changed('AWS::ECS::Service', behind, { LoadBalancers: [] }),
      'service-detached',
    ],
    [
      'a distribution that is switched off',
      changed(
        'AWS::CloudFront::Distribution',
        { DistributionConfig: { Enabled: true } },
        { DistributionConfig: { Enabled: false } },
      ),
      'distribution-disabled',
    ],
    [
      'log-in by IAM switched off',
      changed('AWS::RDS::DBInstance', { EnableIAMDatabaseAuthentication: true }, { EnableIAMDatabaseAuthentication: false }),
      'iam-log-in-off',
    ],
    ['a VPC without DNS', changed('AWS::EC2::VPC', { EnableDnsSupport: true }, { EnableDnsSupport: false }), 'vpc-without-dns'],
    [
      'another kind of key',
      changed('AWS::KMS::Key', { KeySpec: 'SYMMETRIC_DEFAULT' }, { KeySpec: 'RSA_2048' }),
      'key-chosen-once',
    ],
    [
      'a version of the cache that is older, though its figures look higher',
      changed('AWS::ElastiCache::ReplicationGroup', { EngineVersion: '7.10.1' }, { EngineVersion: '7.9.2' }),
      'cache-engine-down',
    ],
  ])('%s', (_, { verdict, blocks }, rule) => {
    expect({ verdict, rules: blocks.map((block) => block.rule) }).toEqual({ verdict: 'blocked', rules: [rule] });
  });

  it('not a service that another one follows', () => {
    expect(review({ Old: { Type: 'AWS::ECS::Service' } }, { New: { Type: 'AWS::ECS::Service' } }).verdict).toBe('safe');
  });
});

const block = (value: boolean) => ({
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: value,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
});
const cache = (failover: boolean) => ({ NumCacheClusters: 2, AutomaticFailoverEnabled: failover });

describe('protection that is removed is a security regression', () => {
  it.each<[string, ChangeReview, string]>([
    [
      'a database that the Internet may reach',
      changed('AWS::RDS::DBInstance', { PubliclyAccessible: false }, { PubliclyAccessible: true }),
      'security-regression reachable from the Internet where its subnets are public',
    ],
    [
      'a bucket that may be made public',
      changed('AWS::S3::Bucket', block(true), block(false)),
      'security-regression public access is no longer blocked',
    ],
    [
      'a bucket without a key of its own',
      changed('AWS::S3::Bucket', { BucketEncryption: { ServerSideEncryptionConfiguration: [] } }, {}),
      'security-regression encrypted only with keys of S3',
    ],
    [
      'a cache without failover',
      changed('AWS::ElastiCache::ReplicationGroup', cache(true), cache(false)),
      'security-regression no automatic failover: a node that fails is replaced in minutes, and starts empty',
    ],
    [
      'a cache without log-in',
      changed('AWS::ElastiCache::ReplicationGroup', { UserGroupIds: ['users'] }, {}),
      'security-regression the cache no longer requires log-in',
    ],
    [
      'logs without a key of their own',
      changed('AWS::Logs::LogGroup', { KmsKeyId: 'arn' }, {}),
      'security-regression 1 log group no longer encrypted with the store’s key, only with that of CloudWatch Logs',
    ],
    [
      'a firewall that protects nothing',
      review(
        { Acl: { Type: 'AWS::WAFv2::WebACL' }, It: { Type: 'AWS::WAFv2::WebACLAssociation' } },
        { Acl: { Type: 'AWS::WAFv2::WebACL' } },
      ),
      'security-regression requests reach the load balancer unfiltered',
    ],
    [
      'a bucket without its policy',
      review(
        {
          Files: { Type: 'AWS::S3::Bucket' },
          It: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Files' }, PolicyDocument: { Statement: [] } } },
        },
        { Files: { Type: 'AWS::S3::Bucket' } },
      ),
      'security-regression the bucket policy is removed: access that it grants, such as the CDN’s, is refused; plain HTTP is allowed',
    ],
  ])('%s', (_, found, effect) => {
    expect(effectsOf(found)).toEqual([effect]);
  });

  it('and its return as an update', () => {
    expect(effectsOf(changed('AWS::S3::Bucket', block(false), block(true)))).toEqual(['updated public access is blocked']);
  });
});

test('alarms under other names are told, since they lose their history', () => {
  const from = reviewedTemplate('medium');
  const Resources = Object.fromEntries(
    Object.entries(from.Resources).map(([id, resource]) =>
      resource.Type === 'AWS::CloudWatch::Alarm'
        ? [id, { ...resource, Properties: { ...resource.Properties, AlarmName: `x-${resource.Properties['AlarmName']}` } }]
        : [id, resource],
    ),
  );
  expect(effectsOf(review(from.Resources, Resources))).toContainEqual(
    expect.stringMatching(/^updated 95 alarms, 95 of them renamed and without their history; the dashboards follow$/),
  );
});

const onProvider = (CapacityProvider: string) => ({
  CapacityProviderStrategy: [{ CapacityProvider }],
  DeploymentConfiguration: { MinimumHealthyPercent: 50 },
});

test('another capacity provider replaces the tasks of a service, below its tasks where it may', () => {
  expect(effectsOf(changed('AWS::ECS::Service', onProvider('FARGATE'), onProvider('FARGATE_SPOT')))).toContainEqual(
    expect.stringMatching(/^rolling .*; down to 50% of the tasks meanwhile$/),
  );
});

const topicKept = (DeletionPolicy: string): Resources => ({ It: { Type: 'AWS::SNS::Topic', DeletionPolicy } });

test('a policy that goes is told where nothing keeps the resource any more, and not where something begins to', () => {
  expect(effectsOf(review(topicKept('Retain'), topicKept('Delete')))).toEqual([
    'updated no longer kept when it is removed from the stack (deletion policy Retain → Delete)',
  ]);
  expect(effectsOf(review(topicKept('Delete'), topicKept('Retain')))).not.toContainEqual(expect.stringContaining('not kept'));
});

const manyTopics = (count: number): Resources =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`T${index}`, { Type: 'AWS::SNS::Topic' }]));

test('a stack of 500 resources is the most that CloudFormation takes', () => {
  expect(rulesOf(review(manyTopics(1), manyTopics(500)))).toEqual([]);
  expect(rulesOf(review(manyTopics(1), manyTopics(501)))).toEqual(['too-many-resources']);
});

test('many that are refused for one reason are one block, with an example', () => {
  const from = reviewedTemplate('medium').Resources;
  const moved = Object.fromEntries(
    Object.entries(from).map(([id, resource]) => [resource.Type === 'AWS::CloudWatch::Alarm' ? `${id}Moved` : id, resource]),
  );
  const { blocks, parts, rollback: back } = review(from, moved);

  expect(blocks.map(({ rule, reason, resources }) => ({ rule, reason, resources: resources.length }))).toEqual([
    { rule: 'name-taken', reason: expect.stringMatching(/^95 similar, for example /), resources: 95 },
  ]);
  expect(parts.find(({ part }) => part === 'alarms')?.effects.filter(({ kind }) => kind === 'blocked')).toHaveLength(1);
  expect(back.text).toContain('95 similar');
});

const onPlatform = (PlatformVersion: string) => ({ ...onProvider('FARGATE'), PlatformVersion });

test('another platform replaces the tasks of a service, below its tasks where it may', () => {
  expect(effectsOf(changed('AWS::ECS::Service', onPlatform('1.3.0'), onPlatform('1.4.0')))).toEqual([
    expect.stringMatching(/^rolling .*; down to 50% of the tasks meanwhile$/),
  ]);
});

test.each([
  ['AWS::SQS::Queue', { QueueName: 'jobs' }, { FifoQueue: false }, { FifoQueue: true }],
  ['AWS::ECS::Service', { ServiceName: 'api' }, {}, { LaunchType: 'FARGATE' }],
  ['AWS::KMS::Alias', { AliasName: 'alias/a' }, { TargetKeyId: 'one' }, undefined],
])('%s keeps its physical name to itself', (Type, name, before, after) => {
  const found =
    after === undefined
      ? review({ Old: { Type, Properties: { ...name, ...before } } }, { New: { Type, Properties: { ...name, ...before } } })
      : changed(Type, { ...name, ...before }, { ...name, ...after });
  expect(rulesOf(found)).toEqual([after === undefined ? 'name-taken' : 'replaced-under-its-name']);
});

const sized = (Default: string | undefined, name = 'Size') => ({
  Parameters: { [name]: { Type: 'String', ...(Default !== undefined && { Default }) } },
  Resources: manyTopics(1),
});

test.each([
  ['another default', sized('small'), sized('medium'), 'not judged'],
  ['no default any longer', sized('small'), sized(undefined), 'not judged'],
  ['the same default', sized('small'), sized('small'), 'safe'],
  ['a new parameter', { Resources: manyTopics(1) }, sized('small'), 'safe'],
  ['the parameter of the CDK', sized('6', 'BootstrapVersion'), sized('7', 'BootstrapVersion'), 'safe'],
] as const)('a parameter keeps its value in a deployed stack: %s', (_, from, to, verdict) => {
  expect(between(from, to).verdict).toBe(verdict);
});

test('a logical ID may have the name of a member of every object', () => {
  expect(review({}, { constructor: { Type: 'AWS::SNS::Topic' } }).verdict).toBe('safe');
});

const jobs = (VisibilityTimeout: number) => ({ Jobs: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout } } });

test('a resource under a condition, which does not change, leaves every other change as it was', () => {
  const team = { Extra: { Type: 'AWS::EC2::NatGateway', Condition: 'Busy' } };
  expect(review({ ...jobs(30), ...team }, { ...jobs(60), ...team }).verdict).toBe('safe');
});

test('another TLS policy of a listener may interrupt connections', () => {
  const [before, after] = ['ELBSecurityPolicy-TLS13-1-2-2021-06', 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06'];
  expect(effectsOf(changed('AWS::ElasticLoadBalancingV2::Listener', { SslPolicy: before }, { SslPolicy: after }))).toEqual([
    `updated TLS policy ${before} → ${after}; connections may be interrupted under a high load`,
  ]);
});

const withToken = (AuthToken: string | undefined) => ({ Engine: 'redis', ...(AuthToken !== undefined && { AuthToken }) });

test.each([
  ['the first token of a cache', undefined, 'one', 'replaced'],
  ['another token of a cache', 'one', 'two', 'updated'],
  ['no token of a cache any longer', 'one', undefined, 'security-regression'],
])('%s: %s → %s is %s', (_, before, after, kind) => {
  const effects = effectsOf(changed('AWS::ElastiCache::ReplicationGroup', withToken(before), withToken(after)));
  expect(effects).toEqual([expect.stringMatching(new RegExp(`^${kind} `))]);
});
