import { healthPaths, ports } from '../../services/contract';
import type { FargateSize } from '../tiers/tier';
import type { ApiProgram, AppConfig, Need, OwnProgram, OwnServer, OwnWorker, SiteConfig } from './app-config';
import type { StoreSettings } from './settings';

type App = NonNullable<StoreSettings['app']>;
type Given<K extends keyof App> = Exclude<NonNullable<App[K]>, string>;

/** What `container` has always got. */
const needsOfContainer: readonly Need[] = ['database', 'cache', 'queues', 'files'];

/** @param site tasks of a front end whose settings name no others */
export function resolveApp(settings: StoreSettings, site: FargateSize): AppConfig {
  const { app = {} } = settings;
  return {
    api: app.api ? { ...server(app.api), rendersSite: app.api.rendersSite ?? false } : fromContainer(settings),
    worker: app.worker === undefined || typeof app.worker === 'string' ? (app.worker ?? 'store') : worker(app.worker),
    migrations:
      app.migrations === undefined || typeof app.migrations === 'string' ? (app.migrations ?? 'store') : program(app.migrations),
    site: app.site && siteOf(app.site, site),
  };
}

function program(given: Given<'migrations'>): OwnProgram {
  return {
    imageUri: given.image,
    command: given.command,
    needs: given.needs ?? [],
    environment: given.environment ?? {},
    secrets: given.secrets ?? {},
    writableFolders: given.writableFolders ?? [],
  };
}

function server(given: Given<'api'>): OwnServer {
  return { ...program(given), port: given.port ?? ports.api, healthPath: given.healthPath ?? healthPaths.live };
}

const worker = (given: Given<'worker'>): OwnWorker => ({ ...program(given), healthCommand: given.healthCommand });

function siteOf(given: Given<'site'>, { cpu, memoryMiB, minTasks, maxTasks }: FargateSize): SiteConfig {
  return {
    ...server(given),
    cpu: given.cpu ?? cpu,
    memoryMiB: given.memoryMiB ?? memoryMiB,
    minTasks: given.minTasks ?? minTasks,
    maxTasks: given.maxTasks ?? maxTasks,
  };
}

function fromContainer({ container, payments, traces }: StoreSettings): ApiProgram | undefined {
  if (container?.image === undefined) return undefined;
  return {
    imageUri: container.image,
    command: undefined,
    needs: [...needsOfContainer, ...(payments ? (['payments'] as const) : []), ...(traces ? (['traces'] as const) : [])],
    environment: container.environment ?? {},
    secrets: container.secrets ?? {},
    writableFolders: undefined,
    port: container.port ?? ports.api,
    healthPath: container.healthPath ?? healthPaths.live,
    rendersSite: false,
  };
}
