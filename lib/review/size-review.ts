import type { StoreConfig } from '../config/store-config';
import { tiers } from '../tiers/tiers';
import { reviewStore, type StoreReview } from './store-review';
import type { CloudFormationTemplate } from './template';

/** Reviews a store's template with the usage, the users and the documents' costs of its size, and its own budget. */
export function reviewSize(config: StoreConfig, template: CloudFormationTemplate): StoreReview {
  const { budget, usage, serves } = tiers[config.tier];
  return reviewStore({
    name: config.tier,
    template,
    region: config.region,
    usage,
    serves,
    budget: { ...budget, usdPerMonth: config.budget.usdPerMonth },
    acceptedRisks: config.acceptedRisks,
  });
}
