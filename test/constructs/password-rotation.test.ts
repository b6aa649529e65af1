import { DatabasePasswords } from '../../lib/constructs/database-passwords';
import { PasswordRotation } from '../../lib/constructs/password-rotation';
import { aKey, allowed, aNetwork, aPlatform, only, remembered, rulesBetweenGroups, template, theirStack } from './parts';

const rotation = remembered((natGateways: number) => {
  const stack = theirStack();
  aNetwork(stack, { natGateways });
  const passwords = new DatabasePasswords(stack, 'Passwords', { key: aKey(stack), roles: ['reader', 'writer'] });
  new PasswordRotation(stack, 'Rotation', { platform: aPlatform(stack), passwords });
  return template(stack);
});
const schedule = (natGateways = 0) =>
  Object.values(rotation(natGateways).Resources).find(
    ({ Type, Properties }) => Type === 'AWS::Scheduler::Schedule' && JSON.stringify(Properties).includes('EcsParameters'),
  )?.Properties;

test('every night a task of the services’ image rotates what is old', () => {
  expect(schedule()).toMatchObject({ ScheduleExpression: 'cron(0 2 * * ? *)', ScheduleExpressionTimezone: 'Etc/UTC' });
  const [container] = only(rotation(0), 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions;
  expect(container).toMatchObject({
    Image: 'public.ecr.aws/theirs/services:1.0.0',
    Command: ['node', 'migrations.js', 'rotate'],
    ReadonlyRootFilesystem: true,
  });
  expect(container?.Secrets).toEqual([{ Name: 'DATABASE_MASTER_SECRET', ValueFrom: expect.anything() as unknown }]);
});

test.each([
  [0, 'ENABLED', ['subnet-0000000a', 'subnet-0000000b']],
  [1, 'DISABLED', ['subnet-0000000c', 'subnet-0000000d']],
])('with %s NAT gateways it runs where services do, and its public addresses are %s', (natGateways, AssignPublicIp, Subnets) => {
  const { Target } = schedule(natGateways) ?? {};
  expect(Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration).toMatchObject({ AssignPublicIp, Subnets });
  expect(rulesBetweenGroups(rotation(natGateways))).toContain('Rotation -> Database: 5432');
});

test('it may read the roles’ secrets and give them new versions, and nothing else', () => {
  const rights = allowed(rotation(0), 'RotationTaskTaskRole');
  const secrets = rights.filter(({ action }) => action.startsWith('secretsmanager:'));
  expect(new Set(secrets.map(({ action }) => action))).toEqual(
    new Set(
      ['GetSecretValue', 'DescribeSecret', 'PutSecretValue', 'UpdateSecretVersionStage'].map(
        (action) => `secretsmanager:${action}`,
      ),
    ),
  );
  for (const { resource } of secrets) expect(resource).toMatch(/Passwords(reader|writer)/);
  expect(rights.filter(({ action }) => !action.startsWith('secretsmanager:'))).toEqual([]); // the key's own policy admits it
});
