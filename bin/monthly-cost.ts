import { pricedRegions } from '../lib/facts/prices';
import { totalCost } from '../lib/review/cost/total-cost';
import type { Cost } from '../lib/review/text/money';
import { type CloudFormationTemplate, Template } from '../lib/template/template';
import type { TierName } from '../lib/tiers/tier';
import { tiers } from '../lib/tiers/tiers';
import { monthOf } from '../lib/usage/month';
import type { GivenUsage } from '../lib/usage/monthly-usage';

/** USD a month of a store's own month, or of its size's; undefined where something has no price. */
export function monthlyCost(
  template: CloudFormationTemplate,
  region: string,
  tier: TierName,
  usage?: GivenUsage,
): Cost | undefined {
  return pricedRegions.includes(region)
    ? totalCost(template, region, monthOf(new Template(template), tiers[tier], usage).usage)
    : undefined;
}
