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
      does: 'Let more API tasks start when the load asks for them; idle ones cost nothing.',
      reason: because(situation, parts),
      ...(now !== undefined && { change: { settings: withConnections({ api: { maxTasks: moreTasks(now) } }, situation.store) } }),
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
      does: 'Let more worker tasks start when messages wait; look for dead letters first, since a broken job only waits faster.',
      reason: because(situation, parts),
      ...(tier && {
        change: {
          settings: withConnections({ worker: { maxTasks: moreTasks(tiers[tier].parts.worker.maxTasks) } }, situation.store),
        },
      }),
    },
  ];
}

/** Without a proxy all tasks together may open no more than this share of the class's connections: the Warning's level. */
const connectionsShare = 0.8;

/** Adds the proxy where more tasks could open more connections than the database has, which the settings would refuse. */
function withConnections(settings: Settings, store: StoreFacts): Settings {
  if (store.proxy || store.tier === undefined) return settings;
  const { api, worker } = tiers[store.tier].parts;
  const apiTasks = settings.api?.maxTasks ?? Math.max(store.apiMaxTasks ?? 0, api.maxTasks);
  const workerTasks = settings.worker?.maxTasks ?? worker.maxTasks;
  const most = databaseClass(store.databaseClass)?.maxConnections ?? 0;
  const fits = apiTasks * api.databaseConnections + workerTasks * worker.databaseConnections <= connectionsShare * most;
  return fits ? settings : { ...settings, database: { proxy: true } };
}
