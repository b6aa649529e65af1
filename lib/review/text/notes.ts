import type { AcceptedRisk } from '../../config/store-config';
import type { StoreReview } from '../review-store';

/** Region that the sizes' budgets are set for; see `Budget` in lib/tiers. */
const budgetRegion = 'us-east-1';

/** An accepted risk: the setting, its value, the requirement, and why the store accepts it. */
export function riskText({ path, got, floor, reason }: AcceptedRisk): string {
  return `${path} is ${got} (required: ${floor}): ${reason}`;
}

/** Notes under a comparison of reviews: region of the budgets, accepted risks, missing prices. */
export function comparisonNotes(reviews: readonly StoreReview[]): string[] {
  const missing = new Map(reviews.flatMap(({ missingPrices }) => missingPrices.map((price) => [price.key, price])));
  return [
    ...(reviews.every(({ region }) => region === budgetRegion) ? [] : [`The budgets are set for ${budgetRegion}.`]),
    ...reviews.flatMap(({ name, acceptedRisks }) => acceptedRisks.map((risk) => `accepted risk (${name}): ${riskText(risk)}`)),
    ...[...missing.values()].map(
      ({ key, region, label }) => `missing price in ${region}: ${key} (${label}); not included in the totals`,
    ),
  ];
}
