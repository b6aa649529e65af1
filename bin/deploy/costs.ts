import type { DeployedStack } from '../../lib/deployed/read-stack';
import { pricedRegions } from '../../lib/facts/prices';
import { ReviewError } from '../../lib/review/review-error';
import { reviewSaved, reviewSize } from '../../lib/review/review-size';
import type { StoreReview } from '../../lib/review/review-store';
import type { Cost } from '../../lib/review/text/money';
import type { CloudFormationTemplate } from '../../lib/template/template';
import type { Target } from './target';

/** USD a month; undefined where something has no price. */
export function costOfTarget({ config }: Target, template: CloudFormationTemplate): Cost | undefined {
  return cost(config.region, () => reviewSize(config, template));
}

/** USD a month of what is deployed, with the assumed usage of its size; undefined where a price is missing. */
export function costOfDeployed({ name, template, tier }: DeployedStack, { config }: Target): Cost | undefined {
  const { region } = config;
  return cost(region, () => reviewSaved({ name, template, region, tier: tier ?? config.tier, assume: {} }));
}

function cost(region: string, review: () => StoreReview): Cost | undefined {
  if (!pricedRegions.some((priced) => priced === region)) return undefined;
  try {
    const { total, costIsAtLeast } = review();
    return costIsAtLeast ? undefined : total;
  } catch (error) {
    if (error instanceof ReviewError) return undefined; // a team has added a type of resource that has no price here
    throw error;
  }
}
