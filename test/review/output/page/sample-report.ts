import { crossingsOf } from '../../../../lib/review/cost/crossings';
import type { Report } from '../../../../lib/review/report';
import { reviewStore, type StoreReview } from '../../../../lib/review/review-store';
import { type TierName, tierNames } from '../../../../lib/tiers/tier';
import { tiers } from '../../../../lib/tiers/tiers';
import { assessedStore } from '../../../bin/review/an-assessment';
import { reviewedTemplate } from '../../../support/reviewed-templates';
import { sampleCapacity } from './sample-capacity';
import { sampleChange, sampleChanges } from './sample-changes';
import { sampleFindings, sampleProtection, sampleWatching } from './sample-protection';

/** What the project itself says of a size. */
export function realReview(tier: TierName): StoreReview {
  const { usage, serves, budget } = tiers[tier];
  return reviewStore({
    name: tier,
    template: reviewedTemplate(tier),
    region: 'us-east-1',
    tier: { usage, serves },
    budget,
    acceptedRisks: [],
  });
}

/** A review with everything that a page may show; the figures beside the costs are made up. */
export function fullReview(tier: TierName): StoreReview {
  return {
    ...realReview(tier),
    capacity: sampleCapacity(tier),
    alarmCoverage: sampleWatching(tier),
    protection: sampleProtection(tier),
    findings: sampleFindings,
    acceptedRisks:
      tier === 'small'
        ? [{ path: 'stores.shop.database.multiAz', floor: 'true', got: 'false', reason: 'a shop that may be away for an hour' }]
        : [],
  };
}

export function reportOf(reviews: readonly StoreReview[], rest: Partial<Report> = {}): Report {
  return {
    schemaVersion: 2,
    generatedAt: '2026-11-20T12:00:00Z',
    command: 'npm start',
    reviews,
    stepsUp: [],
    crossings: crossingsOf(reviews),
    changes: [],
    ...rest,
  };
}

/** Four sizes, the twelve changes between them, and a running store. */
export const fullReport = (): Report =>
  reportOf(tierNames.map(fullReview), { changes: sampleChanges(), assessment: { ...assessedStore, olderThanAWeek: true } });

export { sampleChange };
