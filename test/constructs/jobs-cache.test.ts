import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { JobsCacheProps } from '../../lib/constructs/jobs-cache';
import { aJobsCache, only, propertiesOf, referenceTo, remembered, secretNamed, template, theirStack } from './parts';

const jobs = remembered((settings: Partial<JobsCacheProps> = {}) => {
  const stack = theirStack();
  const part = aJobsCache(stack, settings);
  new ecs.FargateTaskDefinition(stack, 'Task').addContainer('theirs', {
    image: ecs.ContainerImage.fromRegistry('theirs'),
    secrets: part.secrets(),
  });
  return { part, from: template(stack) };
});

const group = (settings: Partial<JobsCacheProps> = {}) => only(jobs(settings).from, 'AWS::ElastiCache::ReplicationGroup');

test('evicts nothing, since jobs have no copy', () => {
  const { id, Properties } = only(jobs().from, 'AWS::ElastiCache::ParameterGroup');
  expect(Properties.Properties).toEqual({ 'maxmemory-policy': 'noeviction' });
  expect(group().Properties.CacheParameterGroupName).toEqual({ Ref: id });
});

test.each([
  ['one node', {}, { NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false }],
  [
    'a replica that takes over',
    { replicas: 1, failover: true },
    { NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true },
  ],
  [
    'a replica that does not yet',
    { replicas: 1 },
    { NumCacheClusters: 2, AutomaticFailoverEnabled: false, MultiAZEnabled: false },
  ],
])('%s has no shards', (_, settings, properties) => {
  expect(group(settings).Properties).toMatchObject(properties);
  expect(group(settings).Properties).not.toHaveProperty('NumNodeGroups');
});

test('stays the same cache with more replicas or larger nodes; another engine is another one', () => {
  expect(group({ replicas: 2, failover: true, nodeType: 'cache.m7g.large' }).id).toBe(group().id);
  expect(group({ engine: 'valkey' }).id).not.toBe(group().id);
});

test('takes a last snapshot before it goes, and none each day', () => {
  expect(group()).toMatchObject({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
  expect(group().Properties).not.toHaveProperty('SnapshotRetentionLimit');
});

test('is encrypted, and its one user that is on logs in by a password that is only referred to', () => {
  expect(group().Properties).toMatchObject({ TransitEncryptionEnabled: true, AtRestEncryptionEnabled: true });
  const users = propertiesOf(jobs().from, 'AWS::ElastiCache::User').filter(({ AccessString }) => AccessString.startsWith('on '));
  expect(users).toEqual([
    expect.objectContaining({
      UserId: 'theirs-jobs',
      AuthenticationMode: { Type: 'password', Passwords: [referenceTo('JobsCacheRedisPassword')] },
    }),
  ]);
});

test('hands a container its URL', () => {
  const { from } = jobs();
  expect(JSON.stringify(secretNamed(from, 'JobsCacheUrlredis7').SecretString)).toMatch(
    /rediss:\/\/theirs-jobs:.*PrimaryEndPoint.Address.*:6379/,
  );
  const [container] = only(from, 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions;
  expect(container.Secrets).toEqual([
    { Name: 'JOBS_REDIS_URL', ValueFrom: { Ref: expect.stringMatching(/^JobsCacheUrlredis7/) } },
  ]);
});

test('names its nodes as ElastiCache does', () => {
  expect(jobs({ replicas: 1 }).part.nodeNames.map((name) => name.slice(-4))).toEqual(['-001', '-002']);
});

test('lets nobody in until a peer is named, and reaches nothing', () => {
  expect(propertiesOf(jobs().from, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
});
