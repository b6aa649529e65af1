import type { Settings } from '../../../alarms/assessment/change';
import type { TierName } from '../../tiers/tier';
import type { GivenUsage } from '../../usage/monthly-usage';
import type { Demand } from '../capacity/types';
import type { QuotaUse } from '../quotas/quotas';
import type { Cost } from '../text/money';
import type { PartSummary } from '../text/part-summary';
import type { Safety } from './choice';
import type { Tightest } from './reading';

/** The cheapest stores that carry a demand. */
export interface CarryReview {
  /** What was asked for: figures of a month. */
  readonly demand: GivenUsage;
  /** Figures that nobody gave, as this size assumes them, in every size alike. */
  readonly assumedFrom: TierName;
  readonly assumed: GivenUsage;
  /** USD a month that the stores may cost. */
  readonly maxUsd?: number;
  /** `found`; `too dear`: none within maxUsd; `not carried`: no store carries it. */
  readonly verdict: 'found' | 'too dear' | 'not carried';
  /** At most three, the cheapest first: each gives something more than those before it. */
  readonly stores: readonly CarriedStore[];
  /** Unless found: what the money buys, or where no store carries it, the one that carries most. */
  readonly nearest?: CarriedStore;
  /** Sizes that could not be searched, and why. */
  readonly notSearched: readonly { readonly tier: TierName; readonly why: string }[];
}

/** Read from the template that its settings make. */
export interface CarriedStore {
  readonly tier: TierName;
  /** Beside those that the store has. */
  readonly settings: Settings;
  /** Lines for cdk.json, beside `"region"`. */
  readonly lines: readonly string[];
  readonly deploy: string;
  /** The command that reviews it with these settings. */
  readonly review: string;
  readonly cost: Cost;
  /** What it consists of, such as `db.t4g.small Multi-AZ, 20 GB gp3`. */
  readonly parts: readonly PartSummary[];
  readonly demands: readonly Demand[];
  /** undefined: not known. */
  readonly tightest?: Tightest;
  /** Limits without a figure, and why; while there are any, no demand counts as carried. */
  readonly notKnown: readonly string[];
  readonly safety: Safety;
  /** What it has less of than the size without these settings. */
  readonly lessThanSize: readonly string[];
  /** What the next dearer one has more of; empty for the dearest. */
  readonly lessThanNext: readonly string[];
  /** Quotas of the account that do not suffice: AWS raises them on request. */
  readonly quotas: readonly QuotaUse[];
  /** The quota of the CDN, where the demand is beyond it: AWS raises it on request. */
  readonly cdnQuota?: string;
}
