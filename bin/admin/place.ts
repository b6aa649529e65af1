import { findWorker, runInWorkerTask } from '../../lib/deployed/worker-task';
import { adminExitCodes } from '../../services/accounts/admin-task';
import { databaseRoles, environment } from '../../services/contract';
import { bundleFolder } from '../../services/image/bundle-folder';
import { lastLines } from '../local/data';
import { migrationsVariables, siteUrlOf } from '../local/environment';
import { readPlaces } from '../local/folders';
import { startService } from '../local/parts/service';
import { AdminError, type AdminIo } from './io';

/** A store, and how the migrations' program is run where its database is. */
export interface Place {
  readonly name: string;
  /** Where the shop's pages are, without a slash at its end. */
  readonly siteUrl: string;
  /** Gives the exit code. */
  readonly run: (args: readonly string[]) => Promise<number>;
  /** Where the reason of a failure is. */
  readonly log: string;
}

interface Deployed {
  readonly stack: string;
  readonly region: string;
}

/** @throws DeployedError */
export async function deployedPlace({ stack, region }: Deployed, io: AdminIo, step: (text: string) => void): Promise<Place> {
  const clients = io.clients(region);
  step(`Looking for the worker of ${stack} in ${region}`);
  const worker = await findWorker(clients, { stack, region });
  return {
    name: `${stack} in ${region}`,
    siteUrl: worker.siteUrl,
    run: async (args) => {
      step('Starting a task; it takes one or two minutes');
      return runInWorkerTask(clients.ecs, worker, args, { pause: io.pause, step });
    },
    log: 'the log of the worker’s tasks has the reason, in a stream that begins with worker/migrations',
  };
}

/** @throws {AdminError} where no store runs */
export function localPlace({ localFolder }: AdminIo): Place {
  const places = readPlaces(localFolder);
  if (places === undefined) throw new AdminError('No store runs on this machine → npm run local');
  const variables = { ...migrationsVariables(places.databasePort), [environment.databaseUser]: databaseRoles.worker };
  return {
    name: 'the store on this machine',
    siteUrl: siteUrlOf(places),
    run: async (args) => {
      const task = startService(bundleFolder('services'), 'migrations', variables, undefined, args);
      const code = (await task.exit) ?? adminExitCodes.failed;
      if (code === adminExitCodes.failed) throw new AdminError(`It failed:\n${lastLines(task.output())}`);
      return code;
    },
    log: '',
  };
}
