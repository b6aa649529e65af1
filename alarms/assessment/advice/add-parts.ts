import { limits } from '../../../lib/facts/limits';
import { tiers } from '../../../lib/tiers/tiers';
import { readReplica } from '../../thresholds';
import type { Settings } from '../change';
import { nextCacheNode, withProxy } from './next-values';
import { type Advice, adviceFor, pressed, type Situation } from './situation';

/** Every size has a cache, so more of it: another shard in cluster mode, else a larger node. */
export function addCache(situation: Situation): readonly Advice[] {
  const cache = moreCache(situation);
  return adviceFor(situation, pressed(situation, 'cache-cpu', 'cache-memory'), {
    action: 'add cache',
    does: 'Give the cache more room: what it drops, the database has to read again.',
    ...(cache && { change: { settings: { cache } } }),
  });
}

/** A cache in another mode than the size's has other nodes than the size says. */
function moreCache({ store: { tier, cacheMode } }: Situation): Settings['cache'] {
  if (tier === undefined) return undefined;
  const { mode, shards, nodeType } = tiers[tier].parts.cache;
  if (cacheMode !== undefined && cacheMode !== mode) return undefined;
  if (mode === 'cluster') return { shards: shards + 1 };
  const next = nextCacheNode(nodeType);
  return next === undefined ? undefined : { nodeType: next };
}

/** By the primary's CPU as it is, not as it may become; after a larger class, for a replica takes reads alone. */
export function addReplica(situation: Situation): readonly Advice[] {
  const primary = situation.parts.filter(({ rule, value = 0 }) => rule === 'database-cpu' && value > readReplica.databaseCpu);
  const parts = [...primary, ...pressed(situation, 'replica-cpu')];
  const readReplicas = situation.store.replicas + 1;
  if (readReplicas > limits.rdsReadReplicas.most) return [];
  return adviceFor(situation, parts, {
    action: 'add replica',
    does: `Add a read replica if there are more than ${readReplica.readsPerWrite} reads to a write, which no metric shows: writes stay on the primary.`,
    change: { settings: { database: { readReplicas } } },
  });
}

/** [right-sizing]: after instance and replica. */
export function addPooling(situation: Situation): readonly Advice[] {
  if (situation.store.proxy) return [];
  return adviceFor(situation, pressed(situation, 'database-connections'), {
    action: 'add pooling',
    does: 'Put RDS Proxy in front of the database: tasks then share its connections.',
    change: { settings: { database: withProxy(situation.store) } },
  });
}
