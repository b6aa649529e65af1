import { cacheConnections } from '../../../../alarms/thresholds';
import { cacheNodeSources } from '../../../facts/cache-nodes';
import { figure } from '../../text/money';
import type { CachePart } from '../cache-part';
import { assumed, type Scope } from '../scope';
import { cacheReads, cacheReadsPerSecond, loadOfViewers } from '../traffic';
import type { Limit } from '../types';
import { atApi, type OwnLimit, taskLimit, withLoad } from './limit-of';

/** Memory, network and connections of the cache's primaries; replicas only stand by. */
export function cacheLimits(scope: Scope): readonly Limit[] {
  const { cache } = scope.parts;
  if (!cache) return [];
  return [memory(cache, scope), ...networks(cache, scope), connections(cache, scope)];
}

/** Memory that products leave free is for the sessions of users. */
function memory({ nodeType, shards, dataBytes }: CachePart, scope: Scope): Limit {
  const limit: OwnLimit = {
    id: 'cache-memory',
    part: 'cache',
    title: 'memory of the cache',
    value: `${figure(shards)} × ${nodeType}`,
    sources: [cacheNodeSources.memory],
  };
  if (dataBytes === undefined) return withLoad({ ...limit, calculation: 'the memory of its nodes is not known' }, 'not measured');

  const kib = (dataBytes / 1024) * shards;
  const names = ['products', 'cacheKiBPerProduct', 'cacheKiBPerUser', 'requestsPerUserPerSecond'] as const;
  const [products, each, user, rate] = names.map((name) => assumed(name, scope)) as [number, number, number, number];
  const users = Math.max(0, (kib - products * each) / user);
  return withLoad(
    {
      ...limit,
      value: `${figure(kib / 1024, 0)} MiB for data`,
      calculation:
        `${figure(shards)} × ${figure(dataBytes / 1024, 0)} KiB for data − ${figure(products)} products × ${figure(each)} KiB; ÷ ${figure(user)} KiB = ` +
        `${figure(users, 0)} users; × ${figure(rate, 4)} = ${figure(users * rate, 0)} requests/s`,
      assumptions: names,
    },
    loadOfViewers(users * rate, scope),
  );
}

/** Of all shards, if keys are asked for alike; and of the one that has the product of a drop, whose key everybody asks for. */
function networks(cache: CachePart, scope: Scope): readonly Limit[] {
  const all = network(cache, scope, { id: 'cache-network', title: 'cache network' });
  if (cache.shards === 1) return [all];
  return [
    all,
    network({ ...cache, shards: 1 }, scope, {
      id: 'cache-hot-key',
      title: 'one product in the cache (a drop)',
      informational: true,
    }),
  ];
}

/** Baseline bandwidth; a node has more for a few minutes only. Replicas answer nothing. */
function network(
  { nodeType, shards, networkGbps }: CachePart,
  scope: Scope,
  own: Pick<OwnLimit, 'id' | 'title' | 'informational'>,
): Limit {
  const limit: OwnLimit = {
    ...own,
    part: 'cache',
    value: `${figure(shards)} × ${nodeType}`,
    sources: [cacheNodeSources.network],
  };
  if (networkGbps === undefined)
    return withLoad({ ...limit, calculation: 'the network of its nodes is not known' }, 'not measured');

  const reads = cacheReads(scope);
  const kib = assumed('cacheKiBPerRead', scope);
  const perSecond = cacheReadsPerSecond(shards * networkGbps, scope);
  return atApi(
    {
      ...limit,
      value: `${figure(shards * networkGbps, 3)} Gbit/s baseline`,
      calculation:
        `${figure(shards)} × ${figure(networkGbps, 3)} Gbit/s ÷ 8 bits ÷ (${figure(kib)} × 1,024 bytes) = ${figure(perSecond, 0)} reads/s; ` +
        `÷ (${reads.calculation})`,
      assumptions: ['cacheKiBPerRead', ...reads.assumptions],
    },
    perSecond / reads.value,
    scope,
  );
}

/** Every task has one connection to each node; the documents allow at most 10,000 per node. */
function connections({ nodeType, maxClients }: CachePart, scope: Scope): Limit {
  const { others, api } = scope.parts;
  const most = Math.min(maxClients, cacheConnections.most);
  const taken = others.reduce((sum, service) => sum + service.most, 0);
  return taskLimit(
    {
      id: 'cache-connections',
      part: 'cache',
      title: 'connections of the cache',
      value: `${figure(most)} per node; at most ${figure((api?.most ?? 0) + taken)} are needed`,
      calculation: `min(${figure(maxClients)} (${nodeType}), ${figure(cacheConnections.most)} ${cacheConnections.source}) − ${figure(taken)} tasks of other services = `,
      sources: [cacheNodeSources.maxClients],
    },
    Math.max(0, most - taken),
    scope,
  );
}
