import type { ChangeReview } from './change/types';
import type { StoreReview } from './review-store';

/** All that a run of the review found: what the terminal, the page and `--json` show. docs/review.schema.json describes it. */
export interface Report {
  /** Raised when a field changes its meaning or goes. */
  readonly schemaVersion: 2;
  /** ISO 8601. */
  readonly madeAt: string;
  /** What wrote it: `npm start -- --tier medium`. */
  readonly command: string;
  readonly reviews: readonly StoreReview[];
  /** Empty unless changes were asked for; all 12 between the four sizes on the page. */
  readonly changes: readonly ChangeReview[];
}
