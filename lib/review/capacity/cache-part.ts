import { cacheDataBytes, cacheMaxClients, cacheNetworkGbps } from '../../facts/cache-nodes';
import { cacheNodes } from '../../template/cache';
import type { Resource } from '../../template/template';

/** The cache as its template has it. */
export interface CachePart {
  readonly group: Resource;
  readonly nodeType: string;
  /** Primaries over which its keys are spread. */
  readonly shards: number;
  readonly nodes: number;
  readonly clusterMode: boolean;
  /** Per node. */
  readonly dataBytes: number | undefined;
  readonly networkGbps: number | undefined;
  readonly maxClients: number;
}

export function cachePart(group: Resource): CachePart {
  const nodeType = group.text('CacheNodeType') ?? 'unknown node';
  const shards = group.number('NumNodeGroups');
  return {
    group,
    nodeType,
    shards: shards ?? 1,
    nodes: cacheNodes(group),
    clusterMode: shards !== undefined,
    dataBytes: cacheDataBytes(nodeType),
    networkGbps: cacheNetworkGbps(nodeType),
    maxClients: cacheMaxClients(nodeType),
  };
}
