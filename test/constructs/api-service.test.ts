import type { OwnServer } from '../../lib/config/store-config';
import { ApiService } from '../../lib/constructs/api-service';
import {
  aBalancer,
  allowed,
  aPlatform,
  only,
  propertiesOf,
  remembered,
  rulesBetweenGroups,
  serviceSettings,
  template,
  theirStack,
} from './parts';

const api = remembered((own?: OwnServer) => {
  const stack = theirStack();
  new ApiService(stack, 'Api', {
    ...serviceSettings,
    requestsPerMinutePerTask: 1250,
    own,
    platform: aPlatform(stack),
    balancer: aBalancer(stack),
  });
  return template(stack);
});

const main = (own?: OwnServer) =>
  only(api(own), 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions.at(-1) as {
    readonly Image: string;
    readonly Command?: string[];
    readonly Environment: { readonly Name: string; readonly Value: unknown }[];
    readonly Secrets?: { readonly Name: string; readonly ValueFrom: unknown }[];
  };

test('at the least the store’s own API runs on its port and is told which', () => {
  const container = main();
  expect(container).toMatchObject({ Image: 'public.ecr.aws/theirs/services:1.0.0', Command: ['node', 'api.js'] });
  expect(container.Environment).toContainEqual({ Name: 'PORT', Value: '8080' });
  expect(container).not.toHaveProperty('Secrets');
});

const theirApi = {
  imageUri: 'ghcr.io/acme/api:1.0.0',
  command: undefined,
  needs: [],
  writableFolders: [],
  port: 3000,
  healthPath: '/status',
  environment: { LOG_LEVEL: 'debug' },
  secrets: { PAYMENT_KEY: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf' },
};

test('somebody’s own API gets its variables and secrets beside what the store tells it', () => {
  const { Image, Environment, Secrets } = main(theirApi);
  expect(Image).toBe(theirApi.imageUri);
  expect(Environment).toEqual(
    expect.arrayContaining([
      { Name: 'LOG_LEVEL', Value: 'debug' },
      { Name: 'PORT', Value: '3000' },
      { Name: 'STORE_NAME', Value: 'theirs' },
    ]),
  );
  expect(Secrets).toEqual([{ Name: 'PAYMENT_KEY', ValueFrom: theirApi.secrets.PAYMENT_KEY }]);
});

test('the load balancer asks the container’s own health path and sends to its port', () => {
  const from = api(theirApi);
  expect(only(from, 'AWS::ElasticLoadBalancingV2::TargetGroup').Properties).toMatchObject({
    Port: 3000,
    HealthCheckPath: '/status',
    TargetType: 'ip',
  });
  expect(rulesBetweenGroups(from)).toContain('LoadBalancer -> ApiTasks: 3000');
});

test('only the agent that starts a task may read the container’s secret', () => {
  const from = api(theirApi);
  const readers = propertiesOf(from, 'AWS::IAM::Policy').filter(({ PolicyDocument }) =>
    JSON.stringify(PolicyDocument).includes('secret:payments-AbCdEf'),
  );
  expect(readers.map(({ Roles }) => JSON.stringify(Roles))).toEqual([expect.stringContaining('ExecutionRole')]);
});

test('the load balancer reaches the tasks on their port, and nobody else does', () => {
  const from = api();
  const intoTasks = propertiesOf(from, 'AWS::EC2::SecurityGroupIngress').filter(({ GroupId }) =>
    JSON.stringify(GroupId).includes('ApiTasks'),
  );
  expect(intoTasks).toEqual([
    expect.objectContaining({
      FromPort: 8080,
      ToPort: 8080,
      SourceSecurityGroupId: { 'Fn::GetAtt': [expect.stringMatching(/^LoadBalancerSecurityGroup/), 'GroupId'] },
    }),
  ]);
});

test('the API may put messages on queues and take none off', () => {
  const actions = allowed(api(), 'ApiTasksTaskTaskRole')
    .map(({ action }) => action)
    .filter((action) => action.startsWith('sqs:'));
  expect(actions).toContain('sqs:SendMessage');
  expect(actions).not.toContain('sqs:ReceiveMessage');
});

test('tasks are added for CPU and for requests, and taken away slowly', () => {
  const policies = propertiesOf(api(), 'AWS::ApplicationAutoScaling::ScalingPolicy').map(
    (policy) => policy.TargetTrackingScalingPolicyConfiguration,
  );
  expect(
    policies.map(({ PredefinedMetricSpecification, TargetValue }) => [
      PredefinedMetricSpecification.PredefinedMetricType,
      TargetValue,
    ]),
  ).toEqual([
    ['ECSServiceAverageCPUUtilization', 60],
    ['ALBRequestCountPerTarget', 1250],
  ]);
  for (const { ScaleInCooldown } of policies) expect(ScaleInCooldown).toBe(300);
});

test('the service waits for the listener, without which its target group belongs to no load balancer', () => {
  const from = api();
  expect(only(from, 'AWS::ECS::Service').DependsOn).toContain(only(from, 'AWS::ElasticLoadBalancingV2::Listener').id);
});

test('a new task has a minute before failed health checks count', () => {
  expect(only(api(), 'AWS::ECS::Service').Properties.HealthCheckGracePeriodSeconds).toBe(60);
});
