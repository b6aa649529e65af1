import type { NetworkConfig } from '../../lib/config/store-config';
import { StoreService, type StoreServiceProps } from '../../lib/constructs/store-service';
import {
  allowed,
  aNetwork,
  aPlatform,
  aProxy,
  only,
  remembered,
  rulesBetweenGroups,
  serviceSettings,
  someReplicas,
  template,
  theirStack,
} from './parts';

const service = remembered(
  ({ network, all = false, ...props }: Partial<StoreServiceProps> & { network?: Partial<NetworkConfig>; all?: boolean } = {}) => {
    const stack = theirStack();
    aNetwork(stack, network);
    if (all) {
      someReplicas(stack, ['theirs-replica-1']);
      aProxy(stack);
    }
    new StoreService(stack, 'Service', {
      ...serviceSettings,
      platform: aPlatform(stack),
      container: { name: 'worker', databaseRole: 'reader' },
      capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }],
      ...props,
    });
    return template(stack);
  },
);

const containers = (props: Parameters<typeof service>[0] = {}) => {
  const [migrations, main] = only(service(props), 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions;
  return { migrations, main };
};

test('migrations run first, from the services’ image, and the container starts when they have succeeded', () => {
  const { migrations, main } = containers();
  expect(migrations).toMatchObject({ Name: 'migrations', Essential: false, Image: 'public.ecr.aws/theirs/services:1.0.0' });
  expect(main).toMatchObject({ Name: 'worker', DependsOn: [{ ContainerName: 'migrations', Condition: 'SUCCESS' }] });
});

test('file systems of the store’s containers are read-only, with sessions too', () => {
  for (const sessions of [false, true]) {
    const { migrations, main } = containers({ sessions });
    expect([migrations.ReadonlyRootFilesystem, main.ReadonlyRootFilesystem]).toEqual([true, true]);
  }
});

test('a task has a minute to stop', () => expect(containers().main.StopTimeout).toBe(60));

test('tasks run on ARM64 in the size that is given', () => {
  expect(only(service({ cpu: 1024, memoryMiB: 2048 }), 'AWS::ECS::TaskDefinition').Properties).toMatchObject({
    Cpu: '1024',
    Memory: '2048',
    RuntimePlatform: { CpuArchitecture: 'ARM64' },
  });
});

test.each([
  [0, 'ENABLED', ['subnet-0000000a', 'subnet-0000000b']],
  [1, 'DISABLED', ['subnet-0000000c', 'subnet-0000000d']],
])('with %s NAT gateways public addresses are %s', (natGateways, AssignPublicIp, Subnets) => {
  const { NetworkConfiguration } = only(service({ network: { natGateways } }), 'AWS::ECS::Service').Properties;
  expect(NetworkConfiguration.AwsvpcConfiguration).toMatchObject({ AssignPublicIp, Subnets });
});

test('nobody reaches a task, and a task reaches its backends and HTTPS', () => {
  const from = service({ all: true });
  expect(rulesBetweenGroups(from).filter((rule) => rule.startsWith('Service'))).toEqual([
    'Service -> Cache: 6379',
    'Service -> Database: 5432',
    'Service -> Proxy: 5432',
  ]);
  const own = Object.entries(from.Resources).find(([id]) => id.startsWith('ServiceSecurityGroup'));
  expect(own?.[1].Properties.SecurityGroupEgress).toEqual([
    expect.objectContaining({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 }),
  ]);
  expect(own?.[1].Properties).not.toHaveProperty('SecurityGroupIngress');
});

test('a task may log in as its own role everywhere, and as that of the migrations at the primary', () => {
  const logIns = allowed(service({ all: true }), 'ServiceTaskTaskRole')
    .filter(({ action }) => action === 'rds-db:connect')
    .map(({ resource }) => /\/(\w+)"/.exec(resource)?.[1]);
  expect(logIns).toHaveLength(4);
  expect(new Set(logIns)).toEqual(new Set(['reader', 'store_migrations']));
});

test('a task starts after everything that it would fail without', () => {
  const { DependsOn } = only(service({ all: true }), 'AWS::ECS::Service');
  for (const part of [
    /^ClusterCapacityProviders/,
    /^DatabaseMasterSecretAttachment/,
    /^Cacheredis7Single/,
    /^ReplicasReplica1\w{8}$/,
    /^ProxyProxyTargetGroup/,
  ]) {
    expect(DependsOn).toContainEqual(expect.stringMatching(part));
  }
});

test('a deployment that fails is undone, and none goes below the tasks in place', () => {
  expect(only(service(), 'AWS::ECS::Service').Properties.DeploymentConfiguration).toMatchObject({
    MinimumHealthyPercent: 100,
    DeploymentCircuitBreaker: { Enable: true, Rollback: true },
  });
});

test.each([
  [true, 3],
  [false, 0],
])('with sessions %s a task has %s folders that they write to', (sessions, folders) => {
  const from = service({ sessions });
  expect(only(from, 'AWS::ECS::Service').Properties.EnableExecuteCommand).toBe(sessions);
  expect(only(from, 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions[1].MountPoints ?? []).toHaveLength(folders);
  const actions = allowed(from, 'ServiceTaskTaskRole').map(({ action }) => action);
  expect(actions.some((action) => action.startsWith('ssmmessages:'))).toBe(sessions);
});

const scaling = (props: Parameters<typeof service>[0]) =>
  only(service(props), 'AWS::ApplicationAutoScaling::ScalableTarget').Properties;

test('without a plan tasks stay between the minimum and the maximum', () => {
  const { MinCapacity, MaxCapacity, ScheduledActions } = scaling({ minTasks: 3, maxTasks: 7 });
  expect([MinCapacity, MaxCapacity, ScheduledActions]).toEqual([3, 7, undefined]);
});

test('at night all tasks stop, and in the morning they are back, in the time zone that is given', () => {
  const night = { stopAt: '22:30', startAt: '06:05', timeZone: 'Europe/Berlin' };
  expect(scaling({ night }).ScheduledActions).toEqual([
    expect.objectContaining({
      Schedule: 'cron(30 22 * * ? *)',
      Timezone: night.timeZone,
      ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 },
    }),
    expect.objectContaining({
      Schedule: 'cron(5 6 * * ? *)',
      Timezone: night.timeZone,
      ScalableTargetAction: { MinCapacity: 2, MaxCapacity: 4 },
    }),
  ]);
});

test('a drop raises the minimum, and the maximum where it must, and takes both back at its end, in UTC', () => {
  const drops = [
    { from: '2030-11-29T09:45:00+01:00', to: '2030-11-29T12:00:00Z', tasks: 3 },
    { from: '2030-12-24T08:00:00Z', to: '2030-12-24T20:00:00Z', tasks: 8 },
  ];
  const plan = scaling({ drops }).ScheduledActions.map(
    ({ Schedule, ScalableTargetAction: { MinCapacity, MaxCapacity } }: ScheduledAction) => [Schedule, MinCapacity, MaxCapacity],
  );
  expect(plan).toEqual([
    ['at(2030-11-29T08:45:00)', 3, 4],
    ['at(2030-11-29T12:00:00)', 2, 4],
    ['at(2030-12-24T08:00:00)', 8, 8],
    ['at(2030-12-24T20:00:00)', 2, 4],
  ]);
});

interface ScheduledAction {
  readonly Schedule: string;
  readonly ScalableTargetAction: { readonly MinCapacity: number; readonly MaxCapacity: number };
}
