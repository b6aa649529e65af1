import { limits } from '../../../facts/limits';
import { figure } from '../../text/money';
import { assumed, type Scope } from '../scope';
import { loadOfViewers } from '../traffic';
import type { Limit } from '../types';
import { withLoad } from './limit-of';

/** CDN and load balancer: AWS scales both; their limits are quotas, which it raises on request. */
export function edgeLimits(scope: Scope): readonly Limit[] {
  const { cdn, loadBalancers, api } = scope.parts;
  return [...(cdn ? [cdnQuota(scope)] : []), ...(loadBalancers > 0 ? [balancer(api?.most ?? 0)] : [])];
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

function balancer(tasks: number): Limit {
  const { quota, source } = limits.albTargets;
  return withLoad(
    {
      id: 'load-balancer',
      part: 'load-balancer',
      title: 'load balancer',
      value: `${figure(tasks)} of ${figure(quota)} targets`,
      calculation: 'AWS adds capacity as requests grow; a jump from none to thousands per second takes minutes',
      sources: [source],
    },
    'no limit',
  );
}
