import { nextCacheNode } from '../../../../alarms/assessment/advice/next-values';
import { withProperties } from '../../../template/with-properties';
import { figure } from '../../text/money';
import type { Parts } from '../store-parts';
import type { PartChange } from './change';

/** Another shard of a cluster, else the next node type. */
export function moreCache({ cache }: Parts): PartChange | undefined {
  if (!cache) return undefined;
  if (cache.clusterMode) {
    const shards = cache.shards + 1;
    return {
      apply: withProperties([cache.group.id], { NumNodeGroups: shards }),
      what: 'shards of the cache',
      from: figure(cache.shards),
      to: figure(shards),
      settings: { cache: { shards } },
    };
  }
  // At the end of a burstable family, the smallest node that does not burst.
  const afterBurstable = cache.nodeType.startsWith('cache.t') ? 'cache.m7g.large' : undefined;
  const nodeType = nextCacheNode(cache.nodeType) ?? afterBurstable;
  if (nodeType === undefined) return undefined;
  return {
    apply: withProperties([cache.group.id], { CacheNodeType: nodeType }),
    what: 'node type of the cache',
    from: cache.nodeType,
    to: nodeType,
    settings: { cache: { nodeType } },
  };
}
