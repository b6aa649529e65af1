import type { ECSClient } from '@aws-sdk/client-ecs';
import { restartIfOlder } from '../../../services/migrations/restart';
import { collectedLog } from '../parts/collected-log';

const rotated = new Date('2026-12-01T02:00:30Z');

/** What is asked of ECS where the service was deployed then. */
async function asked(createdAt: Date | undefined): Promise<object[]> {
  const inputs: object[] = [];
  const answer = { services: [{ deployments: createdAt ? [{ status: 'ACTIVE' }, { status: 'PRIMARY', createdAt }] : [] }] };
  const send = async ({ input }: { input: object }) => {
    inputs.push(input);
    return answer;
  };
  const client = { send } as unknown as ECSClient;
  await restartIfOlder({
    client,
    handed: { role: 'store_app', cluster: 'shop', service: 'api' },
    since: rotated,
    log: collectedLog().log,
  });
  return inputs;
}

const look = { cluster: 'shop', services: ['api'] };

test('tasks from before the password are replaced, also in a night in which nothing was rotated', async () => {
  expect(await asked(new Date('2026-11-02T10:00:00Z'))).toEqual([
    look,
    { cluster: 'shop', service: 'api', forceNewDeployment: true },
  ]);
});

test('tasks that were handed the new one stay', async () => {
  expect(await asked(new Date('2026-12-01T02:01:00Z'))).toEqual([look]);
});

test('a service that cannot be seen is an error: its tasks may have the old one', async () => {
  await expect(asked(undefined)).rejects.toThrow('The service api has no deployment');
});
