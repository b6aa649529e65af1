import { databaseClass } from '../../../lib/facts/database-classes';
import { tiers } from '../../../lib/tiers/tiers';
import type { Settings } from '../change';
import type { StoreFacts } from '../store-facts';
import { moreTasks, taskWithMoreCpu, withProxy } from './next-values';
import { type Advice, adviceFor, pressed, type Situation } from './situation';

/** More tasks, for the API and for the worker. */
export function scaleOut(situation: Situation): readonly Advice[] {
  return [...moreApiTasks(situation), ...moreWorkerTasks(situation)];
}

function moreApiTasks(situation: Situation): readonly Advice[] {
  const { tier, apiMaxTasks } = situation.store;
  const largestTask = tier !== undefined && taskWithMoreCpu(tiers[tier].parts.api) === undefined;
  const parts = pressed(situation, 'api-at-maximum', 'request-rate', ...(largestTask ? ['api-cpu' as const] : []));
  const now = apiMaxTasks ?? (tier && tiers[tier].parts.api.maxTasks);
  const does = 'Raise the maximum of API tasks; tasks that do not run cost nothing.';
  const settings = now === undefined ? undefined : { api: { maxTasks: moreTasks(now) } };
  return adviceFor(situation, parts, { action: 'scale out', ...step(does, settings, situation.store) });
}

function moreWorkerTasks(situation: Situation): readonly Advice[] {
  const { tier } = situation.store;
  const does =
    'Raise the maximum of worker tasks; check the dead-letter queues first, since more tasks do not help a job that fails.';
  const settings = tier && { worker: { maxTasks: moreTasks(tiers[tier].parts.worker.maxTasks) } };
  return adviceFor(situation, pressed(situation, 'queue-age'), { action: 'scale out', ...step(does, settings, situation.store) });
}

/** Without a proxy all tasks together may open no more than this share of the class's connections: the Warning's level. */
const connectionsShare = 0.8;

/** What to do, with its settings where they are known: the proxy comes along where the database has too few connections for them. */
function step(does: string, settings: Settings | undefined, store: StoreFacts): Pick<Advice, 'does' | 'change'> {
  if (settings === undefined) return { does };
  const fits = connectionsSuffice(settings, store);
  if (fits === undefined)
    return { does: `${does} The connection limit of ${store.databaseClass} is not known here: check first that it suffices.` };
  return { does, change: { settings: fits ? settings : { ...settings, database: withProxy(store) } } };
}

/** undefined where nobody knows how many the class has. */
function connectionsSuffice({ api: newApi, worker: newWorker }: Settings, store: StoreFacts): boolean | undefined {
  if (store.proxy || store.tier === undefined) return true;
  const most = databaseClass(store.databaseClass)?.maxConnections;
  if (most === undefined) return undefined;
  const { api, worker } = tiers[store.tier].parts;
  const apiTasks = newApi?.maxTasks ?? Math.max(store.apiMaxTasks ?? 0, api.maxTasks);
  const workerTasks = newWorker?.maxTasks ?? worker.maxTasks;
  return apiTasks * api.databaseConnections + workerTasks * worker.databaseConnections <= connectionsShare * most;
}
