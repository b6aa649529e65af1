import { limits } from '../../../facts/limits';
import { quotas } from '../../../facts/quotas';
import { figure } from '../../text/money';
import { assumed, type Scope } from '../scope';
import { loadOfViewers } from '../traffic';
import type { Limit } from '../types';
import { withLoad } from './limit-of';

/** CDN and load balancer: AWS scales both; their limits are quotas, which it raises on request. */
export function edgeLimits(scope: Scope): readonly Limit[] {
  const { cdn, loadBalancers, api } = scope.parts;
  return [...(cdn ? [cdnQuota(scope)] : []), ...(loadBalancers > 0 ? [balancer(api?.most ?? 0, scope)] : [])];
}

function cdnQuota(scope: Scope): Limit {
  const { quota, source } = limits.cloudFrontRequestsPerSecond;
  const load = loadOfViewers(quota, scope);
  return withLoad(
    {
      id: 'cdn-requests',
      part: 'cdn',
      title: 'quota of the CDN',
      value: `${figure(quota)} requests/s, can be raised`,
      calculation: `${figure(quota)} requests/s ÷ ${figure(assumed('requestsPerUserPerSecond', scope), 4)} per user = ${figure(load.concurrentUsers, 0)} users`,
      assumptions: ['requestsPerUserPerSecond'],
      sources: [source],
    },
    load,
  );
}

function balancer(tasks: number, scope: Scope): Limit {
  return withLoad(
    {
      id: 'load-balancer',
      part: 'load-balancer',
      title: 'load balancer',
      value: `${figure(tasks)} of ${figure(assumed('balancerTargetsQuota', scope))} targets`,
      calculation: 'AWS adds capacity as requests grow; a jump from none to thousands per second takes minutes',
      assumptions: ['balancerTargetsQuota'],
      sources: [quotas.balancerTargets.source],
    },
    'no limit',
  );
}
