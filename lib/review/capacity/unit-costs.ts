import { targets } from '../../../alarms/thresholds';
import type { MonthlyUsage, Serves } from '../../tiers/tier';
import type { UnitCosts } from './types';

/** A month's cost (USD) on those it serves; payment fees come on top. */
export function unitCosts(usd: number, usage: MonthlyUsage, serves: Serves | undefined): UnitCosts {
  const perUser = share(usd, serves?.mostUsers);
  return {
    perUser,
    perUserHolds: perUser === undefined ? undefined : perUser < targets.costPerUser.most,
    perOrder: share(usd, usage.orders),
    perThousandRequests: share(usd, usage.cdnRequests / 1_000),
  };
}

function share(usd: number, by: number | undefined): number | undefined {
  return by === undefined || by === 0 ? undefined : usd / by;
}
