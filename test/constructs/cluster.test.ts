import { Cluster } from '../../lib/constructs/cluster';
import { aKey, aNetwork, only, remembered, template, theirStack } from './parts';

const cluster = remembered((containerInsights: boolean) => {
  const stack = theirStack();
  new Cluster(stack, 'Cluster', { network: aNetwork(stack), key: aKey(stack), containerInsights, logRetentionDays: 90 });
  return template(stack);
});

test.each([
  [true, 'enhanced'],
  [false, 'disabled'],
])('Container Insights %s are %s', (asked, value) => {
  expect(only(cluster(asked), 'AWS::ECS::Cluster').Properties.ClusterSettings).toEqual([
    { Name: 'containerInsights', Value: value },
  ]);
});

test('what operators type in a task’s shell is encrypted on its way and in a log that ends', () => {
  const from = cluster(false);
  const session = only(from, 'AWS::ECS::Cluster').Properties.Configuration.ExecuteCommandConfiguration;
  const log = only(from, 'AWS::Logs::LogGroup');
  expect(session).toMatchObject({
    KmsKeyId: expect.anything(),
    Logging: 'OVERRIDE',
    LogConfiguration: { CloudWatchEncryptionEnabled: true, CloudWatchLogGroupName: { Ref: log.id } },
  });
  expect(log.Properties.RetentionInDays).toBe(90);
});

test('tasks may run on demand and on Spot, and on demand where nothing is said', () => {
  expect(only(cluster(false), 'AWS::ECS::ClusterCapacityProviderAssociations').Properties).toMatchObject({
    CapacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }],
  });
});
