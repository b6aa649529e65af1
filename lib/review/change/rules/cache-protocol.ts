import { isModeGiven } from '../../../template/cache';
import { ownProgramsOf } from '../../../template/own-programs';
import type { Resource } from '../../../template/template';
import { blocked, type Found, type Scope } from '../finding';
import { formatList } from '../format';
import { isCluster } from './cache-in-place';

/**
 * Another protocol under programs of one's own, which few clients notice by themselves: BullMQ, and whatever is not made for clusters,
 * fails on one, and a client of a cluster fails on one node. The store's services speak both. Meant where the settings say the mode.
 */
export function protocolTurned(before: Resource | undefined, after: Resource | undefined, scope: Scope): readonly Found[] {
  if (!before || !after || isCluster(before) === isCluster(after) || isModeGiven(after)) return [];
  const there = new Set(ownProgramsOf(scope.before).map(({ service }) => service.id));
  const own = ownProgramsOf(scope.after).filter(({ service, readsCache }) => readsCache && there.has(service.id));
  if (own.length === 0) return [];
  const [from, to] = isCluster(after) ? ['single', 'cluster'] : ['cluster', 'single'];
  const programs = formatList(own.map(({ name }) => name));
  return [
    blocked(
      'cache-protocol',
      `the cache speaks another protocol (mode ${from} → ${to}) under an image of your own (${programs}), which may not know it`,
      `"cache": { "mode": "${from}" } keeps the protocol`,
      `or "cache": { "mode": "${to}" }, where the change is meant`,
    ),
  ];
}
