import { cacheConnections } from '../../../../alarms/thresholds';
import { cacheNodeSources } from '../../../facts/cache-nodes';
import { figure } from '../../text/money';
import type { CachePart } from '../cache-part';
import { assumed, type Scope } from '../scope';
import { taskRate } from '../task-rate';
import { cacheReads, loadOfViewers } from '../traffic';
import type { Limit } from '../types';
import { notMeasured } from './api';
import { atApi, type OwnLimit, withLoad } from './limit-of';

/** Memory, network and connections of the cache's primaries; replicas stand by and answer nothing. */
export function cacheLimits(scope: Scope): readonly Limit[] {
  const { cache } = scope.parts;
  if (!cache) return [];
  return [memory(cache, scope), network(cache, scope), connections(cache, scope)];
}

/** What products leave is for the sessions of users. */
function memory(cache: CachePart, scope: Scope): Limit {
  const own: OwnLimit = { ...named('cache-memory', 'memory of the cache', cache), sources: [cacheNodeSources.memory] };
  if (cache.dataBytes === undefined)
    return withLoad({ ...own, calculation: 'the memory of its nodes is not known here' }, 'not measured');

  const kib = (cache.dataBytes / 1024) * cache.shards;
  const [products, each, user] = [
    assumed('products', scope),
    assumed('cacheKiBPerProduct', scope),
    assumed('cacheKiBPerUser', scope),
  ];
  const users = Math.max(0, (kib - products * each) / user);
  const requests = users * assumed('requestsPerUserPerSecond', scope);
  return {
    ...withLoad(
      {
        ...own,
        value: `${figure(kib / 1024, 0)} MiB for data`,
        calculation:
          `${figure(cache.shards)} × ${figure(cache.dataBytes / 1024, 0)} KiB for data − ${figure(products)} products × ${figure(each)} KiB; ÷ ${figure(user)} KiB = ` +
          `${figure(users, 0)} users; × ${figure(assumed('requestsPerUserPerSecond', scope), 4)} = ${figure(requests, 0)} requests/s`,
        assumptions: ['products', 'cacheKiBPerProduct', 'cacheKiBPerUser', 'requestsPerUserPerSecond'],
      },
      loadOfViewers(requests, scope),
    ),
  };
}

/** What lasts; a node lends more for minutes. */
function network(cache: CachePart, scope: Scope): Limit {
  const own: OwnLimit = { ...named('cache-network', 'network of the cache', cache), sources: [cacheNodeSources.network] };
  if (cache.networkGbps === undefined)
    return withLoad({ ...own, calculation: 'the network of its nodes is not known here' }, 'not measured');

  const reads = cacheReads(scope);
  const kib = assumed('cacheKiBPerRead', scope);
  const perSecond = (cache.shards * cache.networkGbps * 1e9) / 8 / 1024 / kib;
  return atApi(
    {
      ...own,
      value: `${figure(cache.shards * cache.networkGbps, 3)} Gbit/s that last`,
      calculation:
        `${figure(cache.shards)} × ${figure(cache.networkGbps, 3)} Gbit/s ÷ 8 bits ÷ (${figure(kib)} × 1,024 bytes) = ${figure(perSecond, 0)} reads/s; ` +
        `÷ (${reads.calculation})`,
      assumptions: ['cacheKiBPerRead', ...reads.assumptions],
    },
    perSecond / reads.value,
    scope,
  );
}

/** Every task has one to each node; of a node the documents take no more than 10,000. */
function connections(cache: CachePart, scope: Scope): Limit {
  const { others, api } = scope.parts;
  const most = Math.min(cache.maxClients, cacheConnections.most);
  const taken = others.reduce((sum, service) => sum + service.most, 0);
  const tasks = Math.max(0, most - taken);
  const rate = taskRate(scope);
  return atApi(
    {
      ...named('cache-connections', 'connections of the cache', cache),
      value: `${figure(most)} of a node; ${figure((api?.most ?? 0) + taken)} at the most are wanted`,
      calculation:
        `the less of ${figure(cache.maxClients)} (${cache.nodeType}) and ${figure(cacheConnections.most)} ${cacheConnections.source} − ${figure(taken)} tasks of other services = ` +
        `${figure(tasks)} tasks${rate ? ` × ${rate.calculation}` : `; ${notMeasured(scope)}`}`,
      assumptions: rate?.assumptions ?? [],
      sources: [cacheNodeSources.maxClients, ...(rate?.sources ?? [])],
    },
    rate && tasks * rate.value,
    scope,
  );
}

function named(id: string, title: string, { nodeType, shards }: CachePart): OwnLimit {
  return { id, part: 'cache', title, value: `${figure(shards)} × ${nodeType}`, calculation: '', assumptions: [], sources: [] };
}
