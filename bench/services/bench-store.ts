import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { prepareData } from '../../bin/local/data';
import { apiVariables, type LocalPlaces, webhookSecret, workerVariables } from '../../bin/local/environment';
import { localFolders } from '../../bin/local/folders';
import { startPostgres } from '../../bin/local/parts/postgres';
import { startSqs } from '../../bin/local/parts/sqs';
import { startStandby } from '../../bin/local/parts/standby';
import { startStripe } from '../../bin/local/parts/stripe';
import { startValkey } from '../../bin/local/parts/valkey';
import { findValkey, howToGetValkey, installValkey } from '../../bin/local/parts/valkey-program';
import { createQueues } from '../../bin/local/queues';
import { databaseName, entryPoints, paymentEventsPath } from '../../services/contract';
import { bundleFolder } from '../../services/image/bundle-folder';
import { type ServerProcess, startServerProcess } from './server-process';

export type BenchStore = Awaited<ReturnType<typeof startBenchStore>>;

/** Everything that the services stand on, real and on this machine, with the seed; what is written waits for the disk. */
export async function startBenchStore(progress: (message: string) => void) {
  progress('Starting PostgreSQL, its replica, the cache and the queues');
  // Not in the temporary folder, which may be memory: what is written waits for the disk. PostgreSQL's user must get there.
  const folder = join(__dirname, '../../.build', `bench-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const folders = localFolders(folder, false);
  if ((await findValkey()) === undefined) await installValkey();
  const [primary, valkey, sqs] = await Promise.all([
    startPostgres({ folder: folders.primary, durable: true, logFile: join(folders.logs, 'postgres.log') }),
    startValkey({ folder: folders.cache }),
    startSqs(),
  ]);
  if (valkey === undefined) throw new Error(howToGetValkey);
  const bundle = bundleFolder('services');
  const bareServer = bundleBareServer(folder);
  await prepareData({ primary, bundle, folders, write: progress, step: () => undefined });
  const standby = await startStandby(primary, { folder: folders.standby, logFile: join(folders.logs, 'standby.log') });
  await standby.caughtUp();

  let webhookPort = 0;
  const deliver = async (payload: string, headers: Readonly<Record<string, string>>): Promise<void> => {
    const url = `http://127.0.0.1:${webhookPort}${paymentEventsPath}`;
    const response = await fetch(url, { method: 'POST', headers, body: payload });
    if (!response.ok) progress(`The API answered a webhook with ${response.status}`);
  };
  const stripe = await startStripe({
    webhookSecret,
    deliver: ({ payload, headers }) => void deliver(payload, headers).catch((error: unknown) => progress(String(error))),
  });
  const places: LocalPlaces = {
    apiPort: 0, // each API takes a free one
    databasePort: primary.port,
    replicaPort: standby.port,
    cachePort: valkey.port,
    awsEndpoint: sqs.endpoint,
    queueUrls: await createQueues(sqs.endpoint),
    stripeUrl: stripe.url,
  };
  const running = new Set<ServerProcess>();
  const started = async (name: string, file: string, variables: Readonly<Record<string, string>>) => {
    const readyLine = name === 'worker' ? 'Polling' : 'Listening';
    const logFile = join(folders.logs, `${name}.log`);
    const server = await startServerProcess({ file, variables, logFile, readyLine });
    running.add(server);
    return server;
  };
  return {
    places,
    folders,
    /** Folder of the services as the image has them. */
    bundle,
    /**
     * The API as the image has it, or as another bundle has; `elsewhere` has other places for it. Webhooks go to the one that was started last.
     */
    startApi: async (elsewhere: Partial<LocalPlaces> = {}, from: string = bundle): Promise<ServerProcess> => {
      const api = await started('api', join(from, entryPoints.api), apiVariables({ ...places, ...elsewhere }));
      webhookPort = api.port;
      return api;
    },
    startWorker: () => started('worker', join(bundle, entryPoints.worker), workerVariables(places)),
    startBareServer: (elsewhere: Partial<LocalPlaces> = {}) =>
      started('bare', bareServer, apiVariables({ ...places, ...elsewhere })),
    /** Ends a server that is not needed any more; the others end with the store. */
    stopServer: async (server: ServerProcess): Promise<void> => {
      running.delete(server);
      await server.stop();
    },
    /** SQL in the store's database, as the superuser. */
    sql: <R extends Record<string, unknown>>(text: string, values: unknown[] = []) => primary.sql<R>(text, values, databaseName),
    replicaCaughtUp: () => standby.caughtUp(),
    stop: async (): Promise<void> => {
      await Promise.all([...running].map((server) => server.stop()));
      await Promise.all([stripe.stop(), sqs.stop(), valkey.stop()]);
      await standby.stop();
      await primary.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** By the rules that the services are bundled by. Gives the file. */
function bundleBareServer(folder: string): string {
  const outfile = join(folder, 'bare-server.js');
  buildSync({
    entryPoints: [join(__dirname, 'bare-server.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['pg-native'],
    logLevel: 'error',
  });
  return outfile;
}
