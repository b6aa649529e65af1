import type { Settings } from '../../../alarms/assessment/change';
import type { NotExamined } from './not-examined';

/** What a store carries, what ends it first, and what it is asked to carry; all from its template. */
export interface CapacityReview {
  /** Every limit of every part, the tightest first; what has no figure stands last. */
  readonly limits: readonly Limit[];
  /** The tightest limit that is not told beside; undefined where nothing is known. */
  readonly bottleneck: Limit | undefined;
  /** What that limit lets the store carry; undefined with it. */
  readonly maxLoad: Load | undefined;
  /** Whether every limit that would count has its figure and nothing is `notExamined`; otherwise `carries` is the most that it may be. */
  readonly complete: boolean;
  /** The same at the hit rates of the CDN that the documents aim at; empty without a CDN. */
  readonly atHitRates: readonly AtHitRate[];
  /** What the documents ask of the size, each against what the store carries; empty for a template without a size. */
  readonly demands: readonly Demand[];
  /** Resources that may carry load and that no limit looks at; while there are any, no demand holds. */
  readonly notExamined: readonly NotExamined[];
  /** Assumptions behind the figures, with the value in force and whether the caller set it. */
  readonly assumptions: readonly CapacityAssumption[];
  /** USD. undefined where the divisor is not known. */
  readonly costs: UnitCosts;
  /** The next step for the part that breaks first; undefined where there is none. */
  readonly nextUpgrade: Step | undefined;
  /** The cheapest steps found after which every demand is met; undefined where all are met already, or no steps are enough. */
  readonly recommendedUpgrade: Step | undefined;
}

export interface Load {
  /** Requests of viewers to the CDN, each second. */
  readonly requestsPerSecond: number;
  readonly concurrentUsers: number;
}

export interface Limit {
  /** Stable name for machines and tests: `api-tasks-most`, `database-cpu-day`. */
  readonly id: string;
  /** Part of the store as the tag `part` names it. */
  readonly part: string;
  /** In a few words: `API tasks at the most`. */
  readonly title: string;
  /** How long it holds: what lasts, or what saved credits allow for half an hour, an hour or a day. */
  readonly duration: 'always' | 'half an hour' | 'an hour' | 'a day';
  /**
   * Told beside the others, and never what breaks first: what scaling lifts by itself, what holds for another time than an hour,
   * what makes messages late and loses none.
   */
  readonly informational?: true;
  /**
   * What it lets the store carry. `not measured`: a figure is missing that only a measurement gives; `not known`: the template has a
   * value that only AWS knows; `no limit`: AWS grows it.
   */
  readonly maxLoad: Load | 'not measured' | 'not known' | 'no limit';
  /** Its own figure in its own unit, in words: `1,437 transactions/s`, `80 connections`. */
  readonly value: string;
  /** How it was worked out, with all numbers, so that a reader can do it again. */
  readonly calculation: string;
  readonly assumptions: readonly CapacityAssumptionName[];
  /** Where its facts come from. */
  readonly sources: readonly string[];
}

/** What is carried where the CDN answers this share of the requests. */
export interface AtHitRate {
  readonly cdnHitRate: number;
  readonly maxLoad: Load | undefined;
  readonly bottleneck: string | undefined;
}

export interface Demand {
  readonly id: 'requests-per-second' | 'concurrent-users' | 'orders' | 'drop' | 'users';
  /** `30,000 requests/s in all` */
  readonly required: string;
  /** `21,000 requests/s` */
  readonly capacity: string;
  /** What is carried in what is asked: 1 is just enough; undefined where it is not known. */
  readonly headroom: number | undefined;
  readonly verdict: 'holds' | 'falls short' | 'not known';
  readonly source: string;
}

export interface Step {
  /** `API tasks at the most 4 → 6` */
  readonly text: string;
  /** Settings of the store in cdk.json that do it; empty for a template that no store's settings made. */
  readonly settings: Settings;
  /** The same as lines to paste. */
  readonly lines: readonly string[];
  /** More a month than now; undefined where a price is missing. */
  readonly usdPerMonth: number | undefined;
  readonly maxLoad: Load | undefined;
  /** Title of the limit that is the tightest then. */
  readonly nextBottleneck: string | undefined;
}

export interface UnitCosts {
  readonly usdPerUser: number | undefined;
  /** Whether the documents' target of less than 0.10 a user holds. */
  readonly usdPerUserHolds: boolean | undefined;
  readonly usdPerOrder: number | undefined;
  readonly usdPerThousandRequests: number | undefined;
}

/** Names that `--assume name=value` takes; their meanings and defaults stand in assumptions.ts. */
export type CapacityAssumptionName =
  | 'cdnHitRate'
  | 'requestsPerUserPerSecond'
  | 'readsPerWrite'
  | 'transactionsPerWrite'
  | 'cacheHitRate'
  | 'queriesPerRead'
  | 'queriesPerTransaction'
  | 'iosPerTransaction'
  | 'fargateArmSpeed'
  | 'cpuShare'
  | 'products'
  | 'cacheKiBPerProduct'
  | 'cacheKiBPerUser'
  | 'cacheKiBPerRead'
  | 'natSecondsPerOrder'
  | 'peakFactor'
  | 'writesPerOrder'
  | 'usersAtOnce'
  | 'dropUnits'
  | 'commitSeconds';

export interface CapacityAssumption {
  readonly name: CapacityAssumptionName;
  readonly value: number;
  readonly description: string;
  /** A document, or `assumption`. */
  readonly source: string;
  /** Set on the command line. */
  readonly set: boolean;
}
