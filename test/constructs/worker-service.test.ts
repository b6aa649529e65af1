import { WorkerService } from '../../lib/constructs/worker-service';
import { longPollSeconds, ports, workerHealthCommand } from '../../services/contract';
import { allowed, aPlatform, only, remembered, serviceSettings, template, theirStack } from './parts';

const worker = remembered((onDemandTasks?: number) => {
  const stack = theirStack();
  new WorkerService(stack, 'Worker', {
    ...serviceSettings,
    onDemandTasks: onDemandTasks ?? 0,
    platform: aPlatform(stack),
  });
  return template(stack);
});

test.each([
  ['all on Spot', 0, [{ CapacityProvider: 'FARGATE_SPOT', Weight: 4 }]],
  [
    'one on demand, four of five others on Spot',
    1,
    [
      { CapacityProvider: 'FARGATE', Base: 1, Weight: 1 },
      { CapacityProvider: 'FARGATE_SPOT', Weight: 4 },
    ],
  ],
])('tasks run %s', (_, onDemandTasks, strategy) => {
  expect(only(worker(onDemandTasks), 'AWS::ECS::Service').Properties.CapacityProviderStrategy).toEqual(strategy);
});

test('the worker takes messages off queues and may put the next ones on', () => {
  const actions = allowed(worker(), 'WorkerTasksTaskTaskRole').map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:SendMessage']));
});

test('operators may open a session in a worker’s task', () => {
  expect(only(worker(), 'AWS::ECS::Service').Properties.EnableExecuteCommand).toBe(true);
});

test('the container’s health check asks the worker, which listens where it asks', () => {
  const [, container] = only(worker(), 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions;
  expect(container.HealthCheck).toEqual({
    Command: ['CMD', ...workerHealthCommand],
    StartPeriod: 60,
    Interval: 30,
    Timeout: 20,
    Retries: 3,
  });
  expect(container.HealthCheck.StartPeriod).toBeGreaterThan(longPollSeconds); // when the first answer may come
  expect(container.Environment).toContainEqual({ Name: 'PORT', Value: String(ports.worker) });
});

/** Evaluates the policy's metric math with the numbers of waiting messages and running tasks. */
function load(messages: Readonly<Record<'email' | 'notifications' | 'payments' | 'analytics', number>>, tasks: number): number {
  const { Metrics } = only(worker(), 'AWS::ApplicationAutoScaling::ScalingPolicy').Properties
    .TargetTrackingScalingPolicyConfiguration.CustomizedMetricSpecification;
  const expression = Metrics.find(({ Id }: { Id: string }) => Id === 'load').Expression as string;
  const terms = expression.replace(/\) \/ IF.*/, '').matchAll(/([\d.]+) \* FILL\((\w+), 0\)/g);
  const total = [...terms].reduce((sum, [, weight, queue]) => sum + Number(weight) * messages[queue as keyof typeof messages], 0);
  return total / Math.max(tasks, 1);
}

const empty = { email: 0, notifications: 0, payments: 0, analytics: 0 };

test.each([
  ['360 e-mails', { ...empty, email: 360 }], // three at once, two less than its connections, half a second each, within a minute
  ['180 payments', { ...empty, payments: 180 }], // three at once, half a second each, within 30 s
  ['60 analytics jobs', { ...empty, analytics: 60 }], // one at a time, a minute each, within an hour
])('%s are just what one task serves in the time that the contract accepts', (_, messages) => {
  expect(load(messages, 1)).toBeCloseTo(100, 1);
});

test('the backlog is a task’s share, so twice the tasks halve it, and empty queues are none', () => {
  expect(load({ ...empty, email: 360 }, 2)).toBeCloseTo(50, 1);
  expect(load(empty, 1)).toBe(0);
});

test('tasks are added before the delay is used up', () => {
  const { TargetTrackingScalingPolicyConfiguration: policy } = only(
    worker(),
    'AWS::ApplicationAutoScaling::ScalingPolicy',
  ).Properties;
  expect(policy.TargetValue).toBe(80);
  expect(policy.ScaleOutCooldown).toBeLessThan(policy.ScaleInCooldown);
});
