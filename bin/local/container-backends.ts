import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { databaseRoles, environment, localVariables } from '../../services/contract';
import { bundleFolder } from '../../services/image/bundle-folder';
import { prepareData } from './data';
import { apiVariables, webhookSecret } from './environment';
import { localFolders } from './folders';
import { freePort } from './parts/free-port';
import { startPostgres } from './parts/postgres';
import { letIn } from './parts/rds';
import { startSqs } from './parts/sqs';
import { startStripe } from './parts/stripe';
import { startValkey } from './parts/valkey';
import { createQueues } from './queues';

export interface ContainerBackends {
  /** What a program that somebody brings is started with, and the port that it shall listen on. @param byPassword @default false: by IAM */
  readonly variables: (
    byPassword?: boolean,
  ) => Promise<{ readonly port: number; readonly variables: Readonly<Record<string, string>> }>;
  /** How often somebody has logged in to PostgreSQL as the application. */
  readonly logIns: () => number;
  readonly stop: () => Promise<void>;
}

/**
 * What a container stands on, real, migrated and seeded; one PostgreSQL is primary and replica at once. Where something does not start,
 * the rest is stopped.
 */
export async function startContainerBackends(write: (text: string) => void): Promise<ContainerBackends> {
  // Not in the temporary folder: PostgreSQL's user must get there.
  const folder = join(__dirname, '../../.build', `check-container-${randomUUID()}`);
  mkdirSync(folder, { recursive: true });
  await using starting = new AsyncDisposableStack();
  starting.defer(() => rmSync(folder, { recursive: true, force: true }));
  const stoppable = async <T extends { stop(): Promise<void> } | undefined>(start: Promise<T>): Promise<T> => {
    starting.defer(async () => (await start.catch(() => undefined))?.stop());
    return start;
  };
  const folders = localFolders(folder, false);
  const logFile = join(folders.logs, 'postgres.log');
  const [primary, valkey, sqs, stripe] = await Promise.all([
    stoppable(startPostgres({ folder: folders.primary, logFile, settings: { log_connections: 'authorization' } })),
    stoppable(startValkey({ folder: folders.cache })),
    stoppable(startSqs()),
    stoppable(startStripe({ webhookSecret })),
  ]);
  await prepareData({ primary, bundle: bundleFolder('services'), folders, write, step: () => undefined });
  const queueUrls = await createQueues(sqs.endpoint);
  const running = starting.move();
  return {
    variables: async (byPassword = false) => {
      const port = await freePort();
      const password = byPassword ? randomUUID() : undefined;
      await letIn(primary, password);
      const places = {
        apiPort: port,
        databasePort: primary.port,
        replicaPort: primary.port,
        cachePort: valkey?.port,
        awsEndpoint: sqs.endpoint,
        queueUrls,
        stripeUrl: stripe.url,
      };
      const { [localVariables.listenAddress]: _own, [localVariables.rateLimits]: _limits, ...variables } = apiVariables(places);
      return {
        port,
        variables: {
          ...variables,
          [environment.databaseDirectHost]: variables[environment.databaseHost] ?? '',
          [environment.signingKeyId]: '',
          ...(password !== undefined && { [environment.databasePassword]: password }),
        },
      };
    },
    logIns: () => readFileSync(logFile, 'utf8').split(`connection authorized: user=${databaseRoles.app} `).length - 1,
    stop: () => running.disposeAsync(),
  };
}
