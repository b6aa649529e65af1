import { givenCacheMode } from '../../services/contract';
import type { PartName } from '../facts/part-names';
import { member, type Resource } from './template';

/** Nodes of a cache: shards times primary and replicas, or the nodes of a group without cluster mode. */
export function cacheNodes(group: Resource): number {
  const shards = group.number('NumNodeGroups');
  if (shards !== undefined) return shards * (1 + (group.number('ReplicasPerNodeGroup') ?? 0));
  return group.number('NumCacheClusters') ?? 1;
}

/** Whether it evicts nothing: then it holds what nobody has a copy of, such as jobs. A cache may lose its content at any time. */
export function holdsJobs(group: Resource | undefined): boolean {
  if (group?.type !== 'AWS::ElastiCache::ReplicationGroup') return false;
  return group.references('CacheParameterGroupName').some((parameters) => policyOf(parameters) === 'noeviction');
}

const policyOf = (parameters: Resource): string | undefined => parameters.text('Properties.maxmemory-policy');

/** A secret by which programs log in to a cache: its password or its URL. Nothing is lost with it, since a cache takes what a new one says. */
export function isCacheLogin(secret: Resource): boolean {
  const part = secret.type === 'AWS::SecretsManager::Secret' ? secret.tag('part') : undefined;
  return part === ('cache' satisfies PartName) || part === ('jobs-cache' satisfies PartName);
}

/** Whether the settings say the mode, so that it does not follow the size unasked. */
export function isModeGiven(group: Resource): boolean {
  return member(group.attribute('Metadata'), 'mode') === givenCacheMode.mode;
}
