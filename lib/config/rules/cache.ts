import { cacheNodeEngines } from '../../facts/cache-nodes';
import { limits } from '../../facts/limits';
import type { ResolvedSettings } from '../resolved-settings';
import type { Rule } from './rule';

export const cacheRules: readonly Rule[] = [
  {
    id: 'cache-shards-need-cluster-mode',
    paths: ['cache.shards', 'cache.clusterMode'],
    condition: ({ cache }) => cache.shards > 1 && !cache.clusterMode,
    message: () => '1 is allowed without cluster mode',
    fix: () => 1,
  },
  {
    // CloudFormation cannot update a cluster without replicas (coverage-roadmap 1275)
    id: 'cache-cluster-needs-replicas',
    paths: ['cache.replicasPerShard', 'cache.clusterMode'],
    condition: ({ cache }) => cache.clusterMode && cache.replicasPerShard < 1,
    message: () =>
      `1 to ${limits.elasticacheReplicasPerShard.most} are allowed in cluster mode: CloudFormation cannot update a cluster without replicas`,
    fix: () => 1,
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
  {
    id: 'cache-node-engine',
    paths: ['cache.nodeType', 'cacheEngine'],
    condition: ({ cache, cacheEngine }) => !cacheNodeEngines(cache.nodeType).includes(cacheEngine),
    message: ({ cache }) => `the price list has this node only for ${cacheNodeEngines(cache.nodeType).join(', ')}`,
    fix: ({ cache }) => cache.nodeType.replace('8g.', '7g.'),
    mayBeAccepted: true,
  },
];

function nodes({ shards, replicasPerShard }: ResolvedSettings['cache']): number {
  return shards * (1 + replicasPerShard);
}
