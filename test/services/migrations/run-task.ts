import type { SecretsServer } from '../../../bin/local/parts/secrets';
import { databaseName } from '../../../services/contract';
import type { Bundle } from '../parts/bundle';
import { masterPassword } from '../parts/data-folder';
import type { Rds } from '../parts/rds';

interface Parts {
  readonly bundle: Bundle;
  readonly secrets: SecretsServer;
  readonly rds: Rds;
}

/** The migrations' program as a task starts it: with the master's secret, and with the stand-in of Secrets Manager. */
export async function runTask(
  { bundle, secrets, rds }: Parts,
  variables: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly output: string }> {
  const task = bundle.start(
    'migrations',
    {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
      STORE_NAME: 'shop',
      DATABASE_DIRECT_HOST: `127.0.0.1:${rds.port}`,
      DATABASE_NAME: databaseName,
      DATABASE_AUTH: 'none',
      DATABASE_MASTER_SECRET: JSON.stringify({ username: 'store_admin', password: masterPassword }),
      ...variables,
    },
    ...args,
  );
  return { code: await task.exit, output: task.output() };
}
