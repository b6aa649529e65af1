import { targets } from '../../../alarms/thresholds';
import type { MonthlyUsage, Serves } from '../../tiers/tier';
import type { UnitCosts } from './types';

/** A month's cost (USD) on those it serves; payment fees come on top. */
export function unitCosts(usd: number, usage: MonthlyUsage, serves: Serves | undefined): UnitCosts {
  const usdPerUser = share(usd, serves?.mostUsers);
  return {
    usdPerUser,
    usdPerUserHolds: usdPerUser === undefined ? undefined : usdPerUser < targets.costPerUser.most,
    usdPerOrder: share(usd, usage.orders),
    usdPerThousandRequests: share(usd, usage.cdnRequests / 1_000),
  };
}

function share(usd: number, by: number | undefined): number | undefined {
  return by === undefined || by === 0 ? undefined : usd / by;
}
