import { createFilesClient } from '../../lib/deployed/clients';
import type { FilesPlace } from '../../lib/deployed/import-file';
import { findWorker, runInWorkerTask } from '../../lib/deployed/worker-task';
import { databaseRoles, environment, importExitCodes, importLimitSeconds } from '../../services/contract';
import { bundleFolder } from '../../services/image/bundle-folder';
import { lastLines } from '../local/data';
import { buckets, region as localRegion, migrationsVariables } from '../local/environment';
import { readPlaces } from '../local/folders';
import { startService } from '../local/parts/service';
import { ImportError, type ImportIo } from './io';

/** A store, where its files are, and how the migrations' program is run where its database is. */
export interface ImportPlace {
  readonly name: string;
  readonly files: FilesPlace;
  /** Gives the exit code; `tell` is called again and again meanwhile. */
  readonly run: (args: readonly string[], tell: () => Promise<void>) => Promise<number>;
  /** Where the reason of a failure is. */
  readonly log: string;
}

/** Minutes for a task to come and go, beside its work: an assumption. */
const aroundMinutes = 5;

/** @throws DeployedError */
export async function deployedPlace(
  { stack, region }: { readonly stack: string; readonly region: string },
  io: ImportIo,
  step: (text: string) => void,
): Promise<ImportPlace> {
  const clients = io.clients(region);
  step(`Looking for the worker of ${stack} in ${region}`);
  const worker = await findWorker(clients, { stack, region });
  if (worker.filesBucket === undefined)
    throw new ImportError(`${stack} in ${region} cannot import: its release is older than this command: deploy this one first`);
  return {
    name: `${stack} in ${region}`,
    files: { client: io.filesClient(region), bucket: worker.filesBucket, region },
    run: (args, whileRunning) => {
      step('Starting a task; it takes one or two minutes to begin');
      const minutes = importLimitSeconds / 60 + aroundMinutes;
      return runInWorkerTask(clients.ecs, worker, args, { pause: io.pause, step, whileRunning, minutes });
    },
    log: 'the log of the worker’s tasks has the reason, in a stream that begins with worker/migrations',
  };
}

/** What the log says last of an error, without its stack. */
function reasonIn(output: string): string {
  const line = output.split('\n').findLast((text) => text.includes('"level":"error"'));
  if (line === undefined) return lastLines(output);
  const { message, error } = JSON.parse(line) as { readonly message: string; readonly error?: { readonly message?: string } };
  return [message, error?.message].filter((part) => part !== undefined).join(': ');
}

/** ms between two looks at what is told on this machine. */
const lookEveryMs = 500;

/** @throws {ImportError} where no store runs */
export function localPlace({ localFolder, pause }: ImportIo): ImportPlace {
  const places = readPlaces(localFolder);
  if (places === undefined) throw new ImportError('No store runs on this machine → npm run local');
  const { databasePort, awsEndpoint: endpoint } = places;
  const variables = {
    ...migrationsVariables(databasePort),
    [environment.databaseUser]: databaseRoles.worker,
    [environment.filesBucket]: buckets.files,
    AWS_ENDPOINT_URL: endpoint,
  };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return {
    name: 'the store on this machine',
    files: {
      client: createFilesClient({ region: localRegion, endpoint, credentials }),
      bucket: buckets.files,
      region: localRegion,
    },
    run: async (args, tell) => {
      const task = startService(bundleFolder('services'), 'migrations', variables, undefined, args);
      const running = Symbol('running');
      const later = () => pause(lookEveryMs).then(() => running);
      while ((await Promise.race([task.exit, later()])) === running) await tell();
      const code = (await task.exit) ?? importExitCodes.failed;
      if (code === importExitCodes.failed)
        throw new ImportError(`It failed, and nothing was imported: ${reasonIn(task.output())}`);
      return code;
    },
    log: '',
  };
}
