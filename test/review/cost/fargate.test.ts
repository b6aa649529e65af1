import { tasksByProvider } from '../../../lib/template/tasks';
import { billOf, charges, type Resources } from './bill-of';

/** A service of ¼ vCPU and 0.5 GB on ARM that scales from 2 to 4 tasks. */
function service(properties: Record<string, unknown> = {}, task: Record<string, unknown> = {}): Resources {
  return {
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { Cpu: '256', Memory: '512', RuntimePlatform: { CpuArchitecture: 'ARM64' }, ...task },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        TaskDefinition: { Ref: 'Task' },
        Tags: [{ Key: 'part', Value: 'api' }],
        PropagateTags: 'SERVICE',
        ...properties,
      },
    },
    Target: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: {
        MinCapacity: 2,
        MaxCapacity: 4,
        ResourceId: { 'Fn::Join': ['', ['service/cluster/', { 'Fn::GetAtt': ['Service', 'Name'] }]] },
      },
    },
  };
}

describe('the cost of a service on Fargate', () => {
  it('is nothing for a service on instances', () => {
    expect(charges(service({ LaunchType: 'EC2' }))).toEqual({});
  });

  it('is its least tasks on demand, at the price of ARM', () => {
    // 2 × 0.25 × 0.03238 × 730; 2 × 0.5 × 0.00356 × 730
    expect(charges(service())).toEqual({ '2 ARM tasks × 0.25 vCPU': 11.82, '2 ARM tasks × 0.5 GB': 2.6 });
  });

  it('is that of x86 where the task definition names no architecture', () => {
    // 2 × 0.25 × 0.04048 × 730; 2 × 0.5 × 0.004445 × 730
    expect(charges(service({}, { RuntimePlatform: undefined }))).toEqual({
      '2 x86 tasks × 0.25 vCPU': 14.78,
      '2 x86 tasks × 0.5 GB': 3.24,
    });
  });

  it('counts what the average lies above the minimum as usage', () => {
    const usage = billOf(service(), { averageApiTasks: 2.5 }).lines.filter(({ kind }) => kind === 'usage');

    // 0.5 × 0.25 × 730 vCPU-hours; 0.5 × 0.5 × 730 GB-hours
    expect(usage).toMatchObject([
      { quantity: 91.25, unit: 'vCPU-hour', assumptions: ['averageApiTasks'] },
      { quantity: 182.5, unit: 'GB-hour', assumptions: ['averageApiTasks'] },
    ]);
  });

  it('never counts more tasks than the service may have', () => {
    const { lines } = billOf(service(), { averageApiTasks: 100 });

    expect(lines.filter(({ unit }) => unit === 'vCPU-hour').reduce((sum, { quantity }) => sum + quantity, 0)).toBe(
      4 * 0.25 * 730,
    );
  });

  it('ignores the average of the API for a service that is no part of the store', () => {
    expect(billOf(service({ Tags: [] }), { averageApiTasks: 4 }).lines.every(({ kind }) => kind === 'fixed')).toBe(true);
  });

  it('is 30% of the price on demand on Spot', () => {
    const strategy = { CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }] };

    expect(charges(service(strategy))).toEqual({ '2 Spot ARM tasks × 0.25 vCPU': 3.55, '2 Spot ARM tasks × 0.5 GB': 0.78 });
  });

  it('takes the strategy of the cluster where the service has none', () => {
    const cluster = { Cluster: { Ref: 'Cluster' } };
    const resources: Resources = {
      ...service(cluster),
      Cluster: { Type: 'AWS::ECS::Cluster' },
      Providers: {
        Type: 'AWS::ECS::ClusterCapacityProviderAssociations',
        Properties: { ...cluster, DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }] },
      },
    };

    expect(Object.keys(charges(resources))[0]).toBe('2 Spot ARM tasks × 0.25 vCPU');
  });

  it('counts a public address for each task, with the network', () => {
    const { lines } = billOf(service({ NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } } }));

    expect(lines.at(-1)).toMatchObject({ part: 'network', quantity: 2 * 730, usdPerMonth: 7.3 });
  });

  it('counts disk above the 20 GB that are included', () => {
    // 2 × 30 × 730 × 0.000111
    expect(charges(service({}, { EphemeralStorage: { SizeInGiB: 50 } }))).toMatchObject({ 'disk above 20 GB': 4.86 });
  });

  it('is named as missing where the task definition is not in the template', () => {
    expect(billOf(service({ TaskDefinition: 'arn:aws:ecs:us-east-1:111122223333:task-definition/api:1' })).missing).toMatchObject(
      [{ key: 'fargate.unknown-task', resource: 'Service' }],
    );
  });
});

const onDemand = (Base: number, Weight: number) => ({ CapacityProvider: 'FARGATE', Base, Weight });
const spot = (Weight: number) => ({ CapacityProvider: 'FARGATE_SPOT', Weight });

describe('a capacity provider strategy', () => {
  it.each([
    ['nothing: all on demand', [], 3, { FARGATE: 3, FARGATE_SPOT: 0 }],
    ['a base on demand and the rest on Spot', [onDemand(1, 0), spot(1)], 3, { FARGATE: 1, FARGATE_SPOT: 2 }],
    ['a base larger than the tasks', [onDemand(4, 0), spot(1)], 3, { FARGATE: 3, FARGATE_SPOT: 0 }],
    ['weights', [onDemand(0, 1), spot(3)], 4, { FARGATE: 1, FARGATE_SPOT: 3 }],
    ['a base and weights', [onDemand(2, 1), spot(1)], 4, { FARGATE: 3, FARGATE_SPOT: 1 }],
  ])('divides tasks by %s', (_, strategy, tasks, expected) => {
    expect(tasksByProvider(strategy, tasks)).toEqual(expected);
  });
});

const cluster = (value: string): Resources => ({
  ...service({ Cluster: { Ref: 'Cluster' } }, { ContainerDefinitions: [{ Essential: false }, { Essential: true }] }),
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterSettings: [{ Name: 'containerInsights', Value: value }] } },
});

function metrics(value: string) {
  return billOf(cluster(value)).lines.find(({ label }) => label.startsWith('Container Insights'));
}

describe('Container Insights', () => {
  it('standard counts those of cluster, service and definition as custom metrics', () => {
    expect(metrics('enabled')).toMatchObject({ quantity: 60, unitUsd: 0.3, free: { quantity: 10 } });
  });

  it('enhanced counts the metrics of every task and running container', () => {
    // 20 + 25 + 15 + 2 tasks × (13 + 1 container × 11)
    expect(metrics('enhanced')).toMatchObject({ quantity: 108, unitUsd: 0.07 });
  });

  it('costs nothing while it is off', () => {
    expect(metrics('disabled')).toBeUndefined();
  });
});
