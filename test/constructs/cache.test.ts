import type { CacheProps } from '../../lib/constructs/cache';
import { aCache, allowed, aRole, only, propertiesOf, remembered, template, theirStack } from './parts';

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
    { clusterMode: true, shards: 3, replicasPerShard: 1 },
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
  expect(id({ clusterMode: true, shards: 2, replicasPerShard: 1 })).toBe(
    id({ clusterMode: true, shards: 5, replicasPerShard: 2 }),
  );
});

test('shards are added online', () => {
  const { from } = cache({ clusterMode: true, shards: 2, replicasPerShard: 1 });
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

test('whoever may log in may do so at this cache as this user', () => {
  const { from, part } = cache();
  expect(allowed(from, 'TheirRole').map(({ action }) => action)).toEqual(['elasticache:Connect', 'elasticache:Connect']);
  expect(part.userId).toBe('theirs-app');
});

test('a cluster is reached at its configuration, any other cache at its primary', () => {
  expect(host({})).toContain('PrimaryEndPoint.Address');
  expect(host({ clusterMode: true, shards: 2, replicasPerShard: 1 })).toContain('ConfigurationEndPoint.Address');
});

test('it lets nobody in until a peer is named, and reaches nothing', () => {
  const { from } = cache();
  expect(propertiesOf(from, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  expect(only(from, 'AWS::EC2::SecurityGroup').Properties.SecurityGroupEgress).toEqual([
    expect.objectContaining({ CidrIp: '255.255.255.255/32' }),
  ]);
});
