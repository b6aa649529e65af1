import type { Resource } from './template';

/** Nodes of a cache: shards times primary and replicas, or the nodes of a group without cluster mode. */
export function cacheNodes(group: Resource): number {
  const shards = group.number('NumNodeGroups');
  if (shards !== undefined) return shards * (1 + (group.number('ReplicasPerNodeGroup') ?? 0));
  return group.number('NumCacheClusters') ?? 1;
}
