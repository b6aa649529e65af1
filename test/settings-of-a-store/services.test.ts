import { tiers } from '../../lib/tiers/tiers';
import { only } from '../constructs/parts';
import { resourcesOf, templateOf } from '../support/stores';
import { statementsAllowing } from '../traps/trap';
import { type Container, handedLogIn, part, task, together, variable } from './template-parts';

describe('one’s own container', () => {
  const container = {
    image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/team/api:1.4.2',
    port: 3000,
    healthPath: '/status',
    environment: { LOG_LEVEL: 'debug' },
    secrets: { PAYMENT_KEY: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf' },
  };
  const from = templateOf('small', { container });
  const { migrations, main } = task(from, 'Api');

  test('answers for the API on its port and health path, with its variables and secrets', () => {
    expect(JSON.stringify(main?.Image)).toContain('/team/api:1.4.2');
    expect(main?.PortMappings).toEqual([expect.objectContaining({ ContainerPort: 3000 })]);
    expect(main?.Environment).toEqual(
      expect.arrayContaining([
        { Name: 'LOG_LEVEL', Value: 'debug' },
        { Name: 'PORT', Value: '3000' },
      ]),
    );
    expect(main?.Secrets).toEqual([...handedLogIn, { Name: 'PAYMENT_KEY', ValueFrom: container.secrets.PAYMENT_KEY }]);
    expect(only(from, 'AWS::ElasticLoadBalancingV2::TargetGroup').Properties).toMatchObject({
      Port: 3000,
      HealthCheckPath: '/status',
    });
    expect(part(from, 'AWS::ECS::Service', 'Api').LoadBalancers).toEqual([expect.objectContaining({ ContainerPort: 3000 })]);
  });

  test('gets new tasks when its password, which it was handed at their start, has been rotated', () => {
    const [rotation] = part(from, 'AWS::ECS::TaskDefinition', 'DatabasePasswordRotation').ContainerDefinitions as Container[];
    expect(JSON.stringify(variable(rotation, 'DATABASE_PASSWORD_HANDED_TO'))).toMatch(/"Cluster\w+"},"\/",.*"ApiTasksService/);
    const restarts = statementsAllowing(from, 'ecs:UpdateService');
    expect(restarts.map(({ id, statement }) => [id, JSON.stringify(statement.Resource)])).toEqual([
      [expect.stringMatching(/^DatabasePasswordRotationTaskTaskRole/), expect.stringContaining('ApiTasksService')],
    ]);
    expect(statementsAllowing(templateOf('small'), 'ecs:UpdateService')).toEqual([]);
  });

  test('is pulled from its private repository by the API’s tasks alone', () => {
    const repository = 'arn:aws:ecr:us-east-1:111122223333:repository/team/api';
    const pullers = resourcesOf(from, 'AWS::IAM::Policy').filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes(repository),
    );
    expect(pullers.map(([id]) => id)).toEqual([expect.stringMatching(/^ApiTasksTaskExecutionRole/)]);
  });

  test('leaves migrations and worker to the store’s own image', () => {
    const own = task(templateOf('small'), 'Api').main?.Image;
    expect(migrations?.Image).toEqual(own);
    expect(task(from, 'Worker').main?.Image).toEqual(own);
  });
});

describe('an image of the services that was built elsewhere', () => {
  test('runs in every container, and no Docker is needed', () => {
    const from = templateOf('medium', together);
    for (const start of ['Api', 'Worker'] as const) {
      const { migrations, main } = task(from, start);
      expect([migrations?.Image, main?.Image]).toEqual([together.servicesImage, together.servicesImage]);
    }
    expect(JSON.stringify(from)).not.toContain('container-assets');
    expect(JSON.stringify(templateOf('small'))).toContain('container-assets');
  });
});

const plan = (start: 'Api' | 'Worker', settings: Record<string, unknown>) =>
  part(templateOf('medium', settings), 'AWS::ApplicationAutoScaling::ScalableTarget', start).ScheduledActions as
    | { Schedule: string; Timezone?: string; ScalableTargetAction: { MinCapacity: number; MaxCapacity: number } }[]
    | undefined;

describe('a store that is not in production', () => {
  test.each([
    ['Api', tiers.medium.parts.api],
    ['Worker', tiers.medium.parts.worker],
  ] as const)('stops the tasks of %s at night and brings them back in the morning', (start, { minTasks, maxTasks }) => {
    expect(plan(start, together)).toEqual([
      expect.objectContaining({
        Schedule: 'cron(0 22 * * ? *)',
        Timezone: 'Europe/Berlin',
        ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 },
      }),
      expect.objectContaining({
        Schedule: 'cron(30 6 * * ? *)',
        Timezone: 'Europe/Berlin',
        ScalableTargetAction: { MinCapacity: minTasks, MaxCapacity: maxTasks },
      }),
    ]);
  });

  test('an announced drop brings API tasks alone, raises the maximum where it must, and ends', () => {
    const { minTasks, maxTasks } = tiers.medium.parts.api;
    const drops = [{ from: '2026-11-27T08:45:00Z', to: '2026-11-27T12:00:00Z', tasks: maxTasks + 2 }];
    expect(plan('Api', { drops })).toEqual([
      expect.objectContaining({
        Schedule: 'at(2026-11-27T08:45:00)',
        ScalableTargetAction: { MinCapacity: maxTasks + 2, MaxCapacity: maxTasks + 2 },
      }),
      expect.objectContaining({
        Schedule: 'at(2026-11-27T12:00:00)',
        ScalableTargetAction: { MinCapacity: minTasks, MaxCapacity: maxTasks },
      }),
    ]);
    expect(plan('Worker', { drops })).toBeUndefined();
  });
});
