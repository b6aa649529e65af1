import { pricedRegions } from '../lib/facts/prices';
import { totalCost } from '../lib/review/cost/total-cost';
import type { Cost } from '../lib/review/text/money';
import type { CloudFormationTemplate } from '../lib/template/template';
import type { TierName } from '../lib/tiers/tier';
import { tiers } from '../lib/tiers/tiers';

/** USD a month with the assumed usage of a size; undefined where something has no price. */
export function monthlyCost(template: CloudFormationTemplate, region: string, tier: TierName): Cost | undefined {
  return pricedRegions.includes(region) ? totalCost(template, region, tiers[tier].usage) : undefined;
}
