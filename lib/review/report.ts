import type { AssessedStore } from './assessed-store';
import type { CarryReview } from './carry/types';
import type { ChangeReview } from './change/types';
import type { ComparedBills } from './compare/compare-bills';
import type { Crossing } from './cost/crossings';
import type { StoreReview } from './review-store';
import type { StepUp } from './steps-up';

/** Result of a review, for the terminal, the page and `--json`. docs/review.schema.json describes it. */
export interface Report {
  /** Increased when a field is removed or changes its meaning. */
  readonly schemaVersion: 2;
  /** ISO 8601. */
  readonly generatedAt: string;
  /** `npm start -- --tier medium` */
  readonly command: string;
  readonly reviews: readonly StoreReview[];
  /** What the next size costs for what it adds; empty where one is reviewed. */
  readonly stepsUp: readonly StepUp[];
  /** Of the first review with the second; only with --compare. */
  readonly comparison?: ComparedBills;
  /** A running store with its forecast; only with --assessment. */
  readonly assessment?: AssessedStore;
  /** Between the stores of `reviews`. */
  readonly crossings: readonly Crossing[];
  /** Empty unless changes are reviewed; all 12 between the four sizes on the page. */
  readonly changes: readonly ChangeReview[];
  /** Of `--carry`; `reviews` and `changes` are empty then. */
  readonly carry?: CarryReview;
}
