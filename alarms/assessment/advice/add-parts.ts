import { limits } from '../../../lib/facts/limits';
import { tiers } from '../../../lib/tiers/tiers';
import { readReplica } from '../../thresholds';
import type { Settings } from '../change';
import { nextCacheNode } from './next-values';
import { type Advice, because, pressed, type Situation } from './situation';

/** Every size has a cache, so more of it: another shard in cluster mode, else a larger node. */
export function addCache(situation: Situation): readonly Advice[] {
  const parts = pressed(situation, 'cache-cpu', 'cache-memory');
  if (parts.length === 0) return [];
  const cache = moreCache(situation);
  return [
    {
      action: 'add cache',
      does: 'Give the cache more room: what it drops, the database has to read again.',
      reason: because(situation, parts),
      ...(cache && { change: { settings: { cache } } }),
    },
  ];
}

function moreCache({ store: { tier } }: Situation): Settings['cache'] {
  if (tier === undefined) return undefined;
  const { clusterMode, shards, nodeType } = tiers[tier].parts.cache;
  if (clusterMode) return { shards: shards + 1 };
  const next = nextCacheNode(nodeType);
  return next === undefined ? undefined : { nodeType: next };
}

/** By the primary's CPU as it is, not as it may become; after a larger class, for a replica takes reads alone. */
export function addReplica(situation: Situation): readonly Advice[] {
  const primary = situation.parts.filter(({ rule, value = 0 }) => rule === 'database-cpu' && value > readReplica.databaseCpu);
  const parts = [...primary, ...pressed(situation, 'replica-cpu')];
  const readReplicas = situation.store.replicas + 1;
  if (parts.length === 0 || readReplicas > limits.rdsReadReplicas.most) return [];
  return [
    {
      action: 'add replica',
      does: `Let one more replica take reads, where they are more than ${readReplica.readsPerWrite} to a write, which no metric tells: writes stay with the primary.`,
      reason: because(situation, parts),
      change: { settings: { database: { readReplicas } } },
    },
  ];
}

/** [right-sizing]: after instance and replica. */
export function addPooling(situation: Situation): readonly Advice[] {
  const parts = pressed(situation, 'database-connections');
  if (parts.length === 0 || situation.store.proxy) return [];
  return [
    {
      action: 'add pooling',
      does: 'Put the proxy before the database: tasks then share its connections.',
      reason: because(situation, parts),
      change: { settings: { database: { proxy: true } } },
    },
  ];
}
