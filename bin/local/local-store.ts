import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localVariables, paymentEventsPath } from '../../services/contract';
import { bundleFolder } from '../../services/image/bundle-folder';
import { lastLines, type PrepareDataProps, prepareData } from './data';
import { apiVariables, buckets, type LocalPlaces, webhookSecret, workerVariables } from './environment';
import type { LocalFolders } from './folders';
import { LocalError } from './local-error';
import { startPostgres } from './parts/postgres';
import type { PostgresServer } from './parts/postgres-process';
import { type RunningService, startService } from './parts/service';
import { startSes } from './parts/ses';
import { startSqs } from './parts/sqs';
import { type Standby, startStandby } from './parts/standby';
import { startStripe } from './parts/stripe';
import type { SignedEvent } from './parts/stripe-event';
import { startValkey } from './parts/valkey';
import { findValkey, howToGetValkey, installValkey } from './parts/valkey-program';
import { createBuckets, createQueues } from './queues';
import { serviceOutput } from './service-output';

export interface LocalStore {
  readonly places: LocalPlaces;
  /** Rejects when API or worker ends by itself. */
  readonly failed: Promise<never>;
  /** API and worker finish what is under way, then what they stand on ends. */
  stop(): Promise<void>;
}

export interface LocalStoreProps extends Pick<PrepareDataProps, 'folders' | 'write' | 'step'> {
  readonly apiPort: number;
  /** @default - none but the API's own */
  readonly corsOrigins?: readonly string[];
}

/** ms that API and worker may take to finish what is under way. */
const finishMs = 10_000;

/** Starts everything that the store is made of. What was started before something fails ends with this process. */
export async function startLocalStore({ folders, apiPort, corsOrigins = [], write, step }: LocalStoreProps): Promise<LocalStore> {
  const starting = Promise.all([
    startDatabase(folders, step),
    startCache(folders, write, step),
    startQueues(folders, step),
    startStripe({ webhookSecret, file: folders.stripeFile, deliver: (event) => void deliver(event, apiPort, write) }),
    startSes(({ Destination: { ToAddresses: to }, Content: { Simple } }, url) =>
      write(`E-mail to ${to.join(', ')}: ${Simple.Subject.Data}   ${url}\n`),
    ),
  ]);
  const bundle = bundleFolder('services'); // where it is made anew, this holds the process up while the parts start
  const [{ primary, standbyStarted }, cache, queues, stripe, ses] = await starting;
  const [standby] = await Promise.all([standbyStarted, prepareData({ primary, bundle, folders, write, step })]);

  const places: LocalPlaces = {
    apiPort,
    databasePort: primary.port,
    replicaPort: standby.port,
    cachePort: cache?.port,
    awsEndpoint: queues.endpoint,
    queueUrls: queues.urls,
    stripeUrl: stripe.url,
    sesUrl: ses.url,
    tracesUrl: process.env[localVariables.tracesApi],
  };
  const api = startService(bundle, 'api', apiVariables(places, corsOrigins), serviceOutput(folders.logs, 'api', write));
  const worker = startService(bundle, 'worker', workerVariables(places), serviceOutput(folders.logs, 'worker', write));
  const failed = Promise.race([endOf('API', api), endOf('worker', worker)]);
  await Promise.race([Promise.all([api.line('Listening'), worker.line('Polling')]), failed]);
  writeFileSync(folders.places, JSON.stringify(places));
  return {
    places,
    failed,
    stop: async () => {
      failed.catch(() => undefined); // now they are meant to end
      rmSync(folders.places, { force: true });
      await Promise.all([api, worker].map(finish));
      await Promise.all([stripe.stop(), ses.stop(), queues.stop(), cache?.stop()]);
      await standby.stop();
      await primary.stop();
    },
  };
}

async function startDatabase(
  { primary: folder, standby, logs }: LocalFolders,
  step: (text: string) => void,
): Promise<{ readonly primary: PostgresServer; readonly standbyStarted: Promise<Standby> }> {
  const primary = await startPostgres({ folder, durable: true, logFile: join(logs, 'postgres.log') });
  step('PostgreSQL is running');
  const standbyStarted = startStandby(primary, { folder: standby, logFile: join(logs, 'standby.log') });
  standbyStarted.then(
    () => step('The replica is running'),
    () => undefined, // whoever awaits it hears of it
  );
  return { primary, standbyStarted };
}

async function startCache({ cache }: LocalFolders, write: (text: string) => void, step: (text: string) => void) {
  if ((await findValkey()) === undefined) {
    step('No Valkey or Redis was found; installing Valkey');
    await installValkey();
  }
  const valkey = await startValkey({ folder: cache });
  if (valkey === undefined) write(`The API runs without a shared cache. ${howToGetValkey}\n`);
  else step(`The cache is running: ${valkey.command}`);
  return valkey;
}

async function startQueues({ objects }: LocalFolders, step: (text: string) => void) {
  const sqs = await startSqs(0, objects);
  const [urls] = await Promise.all([createQueues(sqs.endpoint), createBuckets(sqs.endpoint, Object.values(buckets))]);
  step('SQS and S3 are running');
  return { ...sqs, urls };
}

/** As Stripe's webhook does; Stripe would send it again later. */
async function deliver({ payload, headers }: SignedEvent, apiPort: number, write: (text: string) => void): Promise<void> {
  try {
    const url = `http://127.0.0.1:${apiPort}${paymentEventsPath}`;
    const response = await fetch(url, { method: 'POST', headers: { ...headers }, body: payload });
    if (!response.ok) write(`stripe: the API answered the webhook with ${response.status}\n`);
  } catch (error) {
    write(`stripe: the webhook was not delivered (${String(error)})\n`);
  }
}

async function endOf(name: string, service: RunningService): Promise<never> {
  const code = await service.exit;
  throw new LocalError(`The ${name} ended (${code === null ? 'killed' : `exit ${code}`}):\n${lastLines(service.output())}`);
}

async function finish({ process: child, exit }: RunningService): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), finishMs);
  await exit;
  clearTimeout(timer);
}
