import type { TierName } from '../tiers/tier';
import type { Context } from './choose-store';

/** Context of a store with no settings but its region: a size as it is. @param region where the sizes' budgets are set, unless given */
export function defaultContext(tier: TierName, region = 'us-east-1'): Context {
  return { tier, stores: { review: { region } } };
}
