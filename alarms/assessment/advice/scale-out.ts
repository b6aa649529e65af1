import { databaseClass } from '../../../lib/facts/database-classes';
import { tiers } from '../../../lib/tiers/tiers';
import type { Settings } from '../change';
import type { StoreFacts } from '../store-facts';
import { moreTasks, taskWithMoreCpu } from './next-values';
import { type Advice, because, pressed, type Situation } from './situation';

/** More tasks, for the API and for the worker. */
export function scaleOut(situation: Situation): readonly Advice[] {
  return [...moreApiTasks(situation), ...moreWorkerTasks(situation)];
}

function moreApiTasks(situation: Situation): readonly Advice[] {
  const { tier, apiMaxTasks } = situation.store;
  const largestTask = tier !== undefined && taskWithMoreCpu(tiers[tier].parts.api) === undefined;
  const parts = pressed(situation, 'api-at-maximum', 'request-rate', ...(largestTask ? ['api-cpu' as const] : []));
  if (parts.length === 0) return [];
  const now = apiMaxTasks ?? (tier && tiers[tier].parts.api.maxTasks);
  return [
    {
      action: 'scale out',
      reason: because(situation, parts),
      ...step(
        'Let more API tasks start when the load asks for them; idle ones cost nothing.',
        now === undefined ? undefined : { api: { maxTasks: moreTasks(now) } },
        situation.store,
      ),
    },
  ];
}

function moreWorkerTasks(situation: Situation): readonly Advice[] {
  const parts = pressed(situation, 'queue-age');
  if (parts.length === 0) return [];
  const { tier } = situation.store;
  return [
    {
      action: 'scale out',
      reason: because(situation, parts),
      ...step(
        'Let more worker tasks start when messages wait; look for dead letters first, since a broken job only waits faster.',
        tier && { worker: { maxTasks: moreTasks(tiers[tier].parts.worker.maxTasks) } },
        situation.store,
      ),
    },
  ];
}

/** Without a proxy all tasks together may open no more than this share of the class's connections: the Warning's level. */
const connectionsShare = 0.8;

/** What to do, with its settings where they are known: the proxy comes along where the database has too few connections for them. */
function step(does: string, settings: Settings | undefined, store: StoreFacts): Pick<Advice, 'does' | 'change'> {
  if (settings === undefined) return { does };
  const fits = connectionsSuffice(settings, store);
  if (fits === undefined)
    return { does: `${does} How many connections ${store.databaseClass} has is not known here: see first that they suffice.` };
  return { does, change: { settings: fits ? settings : { ...settings, database: { proxy: true } } } };
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
