import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { CacheProps } from '../../lib/constructs/cache';
import { resourcesOf } from '../support/stores';
import { aCache, allowed, aRole, only, propertiesOf, referenceTo, remembered, secretNamed, template, theirStack } from './parts';

const cache = remembered((settings: Partial<CacheProps> = {}) => {
  const stack = theirStack();
  const part = aCache(stack, settings);
  part.grantLogin(aRole(stack));
  return { part, from: template(stack) };
});

const id = (settings: Partial<CacheProps>) => only(cache(settings).from, 'AWS::ElastiCache::ReplicationGroup').id;

function host(settings: Partial<CacheProps>): string {
  const stack = theirStack();
  return JSON.stringify(stack.resolve(aCache(stack, settings).host));
}

const shapes = [
  ['one node', {}, { NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false }],
  [
    'a node with replicas',
    { replicasPerShard: 2 },
    { NumCacheClusters: 3, AutomaticFailoverEnabled: true, MultiAZEnabled: true },
  ],
  [
    'a cluster',
    { mode: 'cluster', shards: 3, replicasPerShard: 1 },
    { NumNodeGroups: 3, ReplicasPerNodeGroup: 1, AutomaticFailoverEnabled: true, MultiAZEnabled: true },
  ],
] as const;

test.each(shapes)('%s is made as ElastiCache wants it', (_, settings, properties) => {
  expect(only(cache(settings).from, 'AWS::ElastiCache::ReplicationGroup').Properties).toMatchObject(properties);
});

test('each shape and engine is another cache, since none can be made out of another', () => {
  const ids = (['redis', 'valkey'] as const).flatMap((engine) => shapes.map(([, settings]) => id({ ...settings, engine })));
  expect(new Set(ids).size).toBe(6);
});

test('more nodes of the same shape are the same cache', () => {
  expect(id({ replicasPerShard: 1 })).toBe(id({ replicasPerShard: 3, nodeType: 'cache.r7g.large' }));
  expect(id({ mode: 'cluster', shards: 2, replicasPerShard: 1 })).toBe(id({ mode: 'cluster', shards: 5, replicasPerShard: 2 }));
});

test('shards are added online', () => {
  const { from } = cache({ mode: 'cluster', shards: 2, replicasPerShard: 1 });
  expect(only(from, 'AWS::ElastiCache::ReplicationGroup').UpdatePolicy).toEqual({ UseOnlineResharding: true });
  expect(only(from, 'AWS::ElastiCache::ParameterGroup').Properties.Properties).toMatchObject({ 'cluster-enabled': 'yes' });
});

test.each([
  ['redis', '7.1', 'redis7'],
  ['valkey', '8.1', 'valkey8'],
] as const)('%s is version %s with parameters of %s', (engine, version, family) => {
  const { from } = cache({ engine });
  expect(only(from, 'AWS::ElastiCache::ReplicationGroup').Properties).toMatchObject({ Engine: engine, EngineVersion: version });
  expect(only(from, 'AWS::ElastiCache::ParameterGroup').Properties.CacheParameterGroupFamily).toBe(family);
  for (const type of ['AWS::ElastiCache::User', 'AWS::ElastiCache::UserGroup']) {
    for (const { Engine } of propertiesOf(from, type)) expect(Engine).toBe(engine);
  }
});

test('the one user that is on logs in by IAM, under a name equal to its id', () => {
  const users = propertiesOf(cache().from, 'AWS::ElastiCache::User');
  const on = users.filter(({ AccessString }) => AccessString.startsWith('on '));
  expect(on).toEqual([
    expect.objectContaining({ UserId: 'theirs-app', UserName: 'theirs-app', AuthenticationMode: { Type: 'iam' } }),
  ]);
});

describe('a cache with a password', () => {
  const withPassword = remembered((settings: Partial<CacheProps> = {}) => {
    const stack = theirStack();
    const part = aCache(stack, { login: 'password', ...settings });
    new ecs.FargateTaskDefinition(stack, 'Task').addContainer('theirs', {
      image: ecs.ContainerImage.fromRegistry('theirs'),
      secrets: part.secrets(),
    });
    return template(stack);
  });

  test('has a user whose password is only referred to, beside the one of the store’s services', () => {
    const from = withPassword();
    const users = propertiesOf(from, 'AWS::ElastiCache::User').filter(({ AccessString }) => AccessString.startsWith('on '));
    expect(users.map(({ UserId, AuthenticationMode }) => [UserId, AuthenticationMode.Type])).toEqual([
      ['theirs-app', 'iam'],
      ['theirs-url', 'password'],
    ]);
    expect(new Set(users.map(({ AccessString }) => AccessString)).size).toBe(1);
    expect(users[1]?.AuthenticationMode.Passwords).toEqual([referenceTo('CacheRedisPassword')]);
    expect(only(from, 'AWS::ElastiCache::UserGroup').Properties.UserIds).toHaveLength(3);
  });

  test('hands the container a URL, and no password stands in the template', () => {
    const from = withPassword();
    const url = secretNamed(from, 'CacheUrlredis7Single');
    expect(url.SecretString['Fn::Join'][1].join('|').replaceAll('[object Object]', '…')).toBe(
      'rediss://theirs-url:{{resolve:secretsmanager:|…|:SecretString:password::}}@|…|:6379',
    );
    expect(secretNamed(from, 'CacheRedisPassword').GenerateSecretString).toEqual({
      ExcludePunctuation: true, // nothing that a URL would have to escape
      GenerateStringKey: 'password',
      PasswordLength: 40,
      SecretStringTemplate: '{"username":"theirs-url"}',
    });
    const [container] = only(from, 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions;
    expect(container.Secrets).toEqual([
      { Name: 'REDIS_URL', ValueFrom: { Ref: expect.stringMatching(/^CacheUrlredis7Single/) } },
    ]);
  });

  test('is a new secret where it is a new cache, so that tasks move over before the old one goes', () => {
    const ids = [{}, { replicasPerShard: 1 }, { engine: 'valkey' } as const].map((settings) =>
      resourcesOf(withPassword(settings), 'AWS::SecretsManager::Secret')
        .map(([secret]) => secret)
        .find((secret) => secret.includes('Url')),
    );
    expect(new Set(ids).size).toBe(3);
  });

  test('can do without the user of the store’s services, and then lets none log in by IAM', () => {
    const stack = theirStack();
    const part = aCache(stack, { login: 'password', iamLogin: false });
    expect(() => part.grantLogin(aRole(stack))).toThrow('No service logs in to this cache by IAM (iamLogin)');
    const types = propertiesOf(template(stack), 'AWS::ElastiCache::User').map(
      ({ AuthenticationMode }) => AuthenticationMode.Type,
    );
    expect(new Set(types)).toEqual(new Set(['no-password-required', 'password']));
  });

  test('is not there where the log-in is by IAM', () => {
    expect(cache().part.secrets()).toEqual({});
    expect(propertiesOf(cache().from, 'AWS::SecretsManager::Secret')).toEqual([]);
  });
});

test('says in the template that the settings have the mode, and only then', () => {
  const [given, other] = [true, false].map((modeIsGiven) =>
    only(cache({ modeIsGiven }).from, 'AWS::ElastiCache::ReplicationGroup'),
  );
  expect([given?.Metadata, other?.Metadata]).toEqual([{ mode: 'given' }, undefined]);
});

test('whoever may log in may do so at this cache as this user', () => {
  const { from, part } = cache();
  expect(allowed(from, 'TheirRole').map(({ action }) => action)).toEqual(['elasticache:Connect', 'elasticache:Connect']);
  expect(part.userId).toBe('theirs-app');
});

test('a cluster is reached at its configuration, any other cache at its primary', () => {
  expect(host({})).toContain('PrimaryEndPoint.Address');
  expect(host({ mode: 'cluster', shards: 2, replicasPerShard: 1 })).toContain('ConfigurationEndPoint.Address');
});

test('it lets nobody in until a peer is named, and reaches nothing', () => {
  const { from } = cache();
  expect(propertiesOf(from, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  expect(only(from, 'AWS::EC2::SecurityGroup').Properties.SecurityGroupEgress).toEqual([
    expect.objectContaining({ CidrIp: '255.255.255.255/32' }),
  ]);
});
