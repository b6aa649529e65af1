import { targets } from '../../../alarms/thresholds';
import type { MonthlyUsage, Serves } from '../../tiers/tier';
import type { UnitCosts } from './types';

/** A month's cost (USD) per user, order and request, without payment fees. */
export function unitCosts(usd: number, usage: MonthlyUsage, serves: Serves): UnitCosts {
  const usdPerUser = usd / serves.mostUsers;
  return {
    usdPerUser,
    usdPerUserHolds: usdPerUser < targets.costPerUser.most,
    usdPerOrder: usd / usage.orders,
    usdPerThousandRequests: usd / (usage.cdnRequests / 1_000),
  };
}
