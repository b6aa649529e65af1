import type { StoreConfig } from '../config/store-config';
import type { CloudFormationTemplate } from '../template/template';
import type { TierName } from '../tiers/tier';
import { tiers } from '../tiers/tiers';
import { type ReviewInput, reviewStore, type StoreReview } from './review-store';

type SizeReviewOptions = Pick<ReviewInput, 'assume' | 'usage' | 'findings'>;

/** Reviews a store's template with the usage, users and target cost of its size, and its own budget. */
export function reviewSize(config: StoreConfig, template: CloudFormationTemplate, options: SizeReviewOptions = {}): StoreReview {
  const tier = tiers[config.tier];
  return reviewStore({
    ...options,
    name: config.tier,
    template,
    region: config.region,
    tier,
    budget: { ...tier.budget, usdPerMonth: config.budget.usdPerMonth },
    acceptedRisks: config.acceptedRisks,
  });
}

interface SavedTemplate extends Pick<ReviewInput, 'name' | 'template' | 'region' | 'assume' | 'usage'> {
  /** Size whose usage, users and budget are assumed. */
  readonly tier: TierName;
}

/** Reviews the template of a deployed store, with resources that a team added. */
export function reviewSaved({ tier, ...input }: SavedTemplate): StoreReview {
  return reviewStore({ ...input, tier: tiers[tier], budget: tiers[tier].budget, acceptedRisks: [], saved: true });
}
