import type { AcceptedRisk } from '../../config/store-config';
import { hasBudgets, withoutBudget } from '../../facts/regions';
import { formatUse, type QuotaUse } from '../quotas/quotas';
import type { StoreReview } from '../review-store';
import { figure, range } from './money';

/** Region that the sizes' budgets are set for; see `Budget` in lib/tiers. */
const budgetRegion = 'us-east-1';

/** An accepted risk: the setting, its value, the requirement, and why the store accepts it. */
export function riskText({ path, got, floor, reason }: AcceptedRisk): string {
  return `${path} is ${got} (required: ${floor}): ${reason}`;
}

/** Quotas of the account that stop deployments or scaling of a review, and those that cannot be compared. */
function quotaNote(reviews: readonly StoreReview[]): string[] {
  const uses = reviews.flatMap(({ name, quotas }) => quotas.map((use) => Object.assign({ size: name }, use)));
  const short = uses.filter(({ verdict }) => !['holds', 'slows deployments', 'not known'].includes(verdict));
  const texts = [...Map.groupBy(short, quotaOf)].map(
    ([quota, all]) => `${quota}: ${all.map(({ size, least, most }) => `${size} ${range(least, most, amount)}`).join(', ')}`,
  );
  return [
    ...(texts.length === 0 ? [] : [`quotas too small (×2 while deploying): ${texts.join('; ')} → docs/first-deployment.md`]),
    ...uses
      .filter(({ verdict }) => verdict === 'not known')
      .map((use) => `quota not compared (${use.size}): ${use.title} ${formatUse(use)}`),
  ];
}

/** `Fargate vCPU on demand (6)`, by default AWS's figure. */
function quotaOf({ title, quota, overridden }: QuotaUse): string {
  return `${title} (${figure(quota)}${overridden ? ' by --assume' : ''})`;
}

function amount(value: number): string {
  return figure(value, value < 1 ? 4 : 2);
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
