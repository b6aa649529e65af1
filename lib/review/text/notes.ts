import type { AcceptedRisk } from '../../config/store-config';
import { hasBudgets, withoutBudget } from '../../facts/regions';
import type { StoreReview } from '../review-store';
import { figure } from './money';

/** Region that the sizes' budgets are set for; see `Budget` in lib/tiers. */
const budgetRegion = 'us-east-1';

/** An accepted risk: the setting, its value, the requirement, and why the store accepts it. */
export function riskText({ path, got, floor, reason }: AcceptedRisk): string {
  return `${path} is ${got} (required: ${floor}): ${reason}`;
}

/** Quotas of the account that stop deployments or scaling of a review. */
function quotaNote(reviews: readonly StoreReview[]): string[] {
  const uses = reviews.flatMap(({ name, quotas }) => quotas.map((use) => ({ size: name, ...use })));
  const short = uses.filter(({ verdict }) => verdict !== 'holds' && verdict !== 'slows deployments');
  const texts = [...Map.groupBy(short, ({ title, quota }) => `${title} (${figure(quota)})`)].map(
    ([quota, all]) => `${quota}: ${all.map(({ size, least, most }) => `${size} ${figure(least)} to ${figure(most)}`).join(', ')}`,
  );
  return texts.length === 0
    ? []
    : [
        `quotas of an ordinary account are too small: ${texts.join('; ')}; up to twice that while it is deployed → docs/first-deployment.md`,
      ];
}

/** Notes under a comparison of reviews: region of the budgets, accepted risks, missing prices. */
export function comparisonNotes(reviews: readonly StoreReview[]): string[] {
  const missing = new Map(reviews.flatMap(({ missingPrices }) => missingPrices.map((price) => [price.key, price])));
  return [
    ...(reviews.every(({ region }) => region === budgetRegion) ? [] : [`The budgets are set for ${budgetRegion}.`]),
    ...new Set(reviews.filter(({ region }) => !hasBudgets(region)).map(({ region }) => withoutBudget(region))),
    ...reviews.flatMap(({ name, acceptedRisks }) => acceptedRisks.map((risk) => `accepted risk (${name}): ${riskText(risk)}`)),
    ...quotaNote(reviews),
    ...[...missing.values()].map(
      ({ key, region, label }) => `missing price in ${region}: ${key} (${label}); not included in the totals`,
    ),
  ];
}
