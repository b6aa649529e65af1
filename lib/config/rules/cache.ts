import { cacheNodeEngines, carried, carriesShards, nodeInsteadOfShards } from '../../facts/cache-nodes';
import { limits } from '../../facts/limits';
import { tiers } from '../../tiers/tiers';
import type { ResolvedSettings } from '../resolved-settings';
import type { Rule } from './rule';

export const cacheRules: readonly Rule[] = [
  {
    id: 'cache-shards-need-cluster-mode',
    paths: ['cache.shards', 'cache.mode'],
    condition: ({ cache }) => cache.shards > 1 && cache.mode !== 'cluster',
    message: () => '1 is allowed without "mode": "cluster"',
    fix: () => 1,
  },
  {
    // CloudFormation cannot update a cluster without replicas (coverage-roadmap 1275)
    id: 'cache-cluster-needs-replicas',
    paths: ['cache.replicasPerShard', 'cache.mode'],
    condition: ({ cache }) => cache.mode === 'cluster' && cache.replicasPerShard < 1,
    message: () =>
      `1 to ${limits.elasticacheReplicasPerShard.most} are allowed with "mode": "cluster": CloudFormation cannot update a cluster without replicas`,
    fix: () => 1,
  },
  {
    id: 'cache-node-instead-of-shards',
    paths: ['cache.nodeType', 'cache.mode', 'tier'],
    condition: ({ cache, tier }) => cache.mode === 'single' && hasShards(tier) && !carriesShards(cache.nodeType, sizeOf(tier)),
    message: ({ tier }) => {
      const { shards, nodeType } = sizeOf(tier);
      const { dataBytes, networkGbps } = carried(sizeOf(tier));
      const gib = (dataBytes / 1024 ** 3).toFixed(1);
      return `with "mode": "single" one node has to carry what the ${shards} shards of ${nodeType} do that ${tier} has: ${gib} GiB for data and ${networkGbps} Gbit/s`;
    },
    fix: ({ tier }) => nodeInsteadOfShards(sizeOf(tier)),
    mayBeAccepted: true,
  },
  {
    id: 'cache-nodes-quota',
    paths: ['cache.shards', 'cache.replicasPerShard'],
    condition: ({ cache }) => nodes(cache) > limits.elasticacheNodes.quota,
    message: ({ cache }) =>
      `with ${cache.replicasPerShard} replicas per shard (cache.replicasPerShard) there are ${nodes(cache)} nodes; the ElastiCache quota is ${limits.elasticacheNodes.quota} per cluster`,
    fix: ({ cache }) => Math.floor(limits.elasticacheNodes.quota / (1 + cache.replicasPerShard)),
    mayBeAccepted: true, // the quota can be raised
  },
  nodeEngine('cache-node-engine', 'cache.nodeType', ({ cache }) => cache.nodeType),
  nodeEngine('jobs-cache-node-engine', 'jobsCache.nodeType', ({ jobsCache }) => jobsCache?.nodeType),
  {
    id: 'jobs-cache-failover-needs-replicas',
    paths: ['jobsCache.failover', 'jobsCache.replicas'],
    condition: ({ jobsCache }) => jobsCache !== undefined && jobsCache.failover && jobsCache.replicas === 0,
    message: () => 'there is no replica that could take over (jobsCache.replicas)',
    fix: () => false,
  },
];

const sizeOf = (tier: ResolvedSettings['tier']) => tiers[tier].parts.cache;

const hasShards = (tier: ResolvedSettings['tier']): boolean => sizeOf(tier).mode === 'cluster';

function nodes({ shards, replicasPerShard }: ResolvedSettings['cache']): number {
  return shards * (1 + replicasPerShard);
}

function nodeEngine(id: string, path: string, nodeTypeOf: (store: ResolvedSettings) => string | undefined): Rule {
  const enginesOf = (store: ResolvedSettings): readonly string[] => cacheNodeEngines(nodeTypeOf(store) ?? '');
  return {
    id,
    paths: [path, 'cacheEngine'],
    condition: (store) => nodeTypeOf(store) !== undefined && !enginesOf(store).includes(store.cacheEngine),
    message: (store) => `the price list has this node only for ${enginesOf(store).join(', ')}`,
    fix: (store) => (nodeTypeOf(store) ?? '').replace('8g.', '7g.'),
    mayBeAccepted: true,
  };
}
