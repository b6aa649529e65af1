import type { Settings } from '../../../alarms/assessment/change';
import type { QuotaName } from '../../facts/quotas';
import type { Mover, MoverEnd } from '../../usage/movers';
import type { NotExamined } from './not-examined';

/** The capacity of a store, its bottleneck, and the load that it is required to bear; all from its template. */
export interface CapacityReview {
  /** Every limit of every part, the tightest first, those without a figure last. */
  readonly limits: readonly Limit[];
  /** The tightest limit that is not informational; undefined if none is known. */
  readonly bottleneck: Limit | undefined;
  /** The load at that limit; undefined with it. */
  readonly maxLoad: Load | undefined;
  /** Whether every limit that counts has its figure and nothing is `notExamined`; otherwise `maxLoad` is an upper bound. */
  readonly complete: boolean;
  /** The same at the hit rates of the CDN that the documents aim at; empty without a CDN. */
  readonly atHitRates: readonly AtHitRate[];
  /** What the documents require of the size, each compared with the capacity. */
  readonly demands: readonly Demand[];
  /** Resources that may bear load and that no limit covers; while there are any, no demand counts as met. */
  readonly notExamined: readonly NotExamined[];
  /** Assumptions behind the figures, with the effective value. */
  readonly assumptions: readonly CapacityAssumption[];
  /**
   * The assumptions that move the headroom of the tightest requirement most, each from its low to its high end alone; those at an end of
   * which it is not known first, then the largest first.
   */
  readonly movers: readonly CapacityMover[];
  readonly costs: UnitCosts;
  /** The next step for the bottleneck; undefined if there is none. */
  readonly nextUpgrade: Step | undefined;
  /** The cheapest steps found after which every demand is met; undefined if all are met already, or no steps suffice. */
  readonly recommendedUpgrade: Step | undefined;
}

export interface Load extends LoadFigures {
  /** Where it rests on a range: its fast end. The figures of the load itself are the careful end, and decide. */
  readonly fastEnd?: LoadFigures;
}

interface LoadFigures {
  /** Viewers' requests to the CDN. */
  readonly requestsPerSecond: number;
  readonly concurrentUsers: number;
}

/** A figure of which only both ends are known; the careful end decides. */
export interface Range {
  readonly careful: number;
  readonly fast: number;
}

export interface Limit {
  /** Stable name for machines and tests: `api-tasks-most`, `database-cpu-day`. */
  readonly id: string;
  /** Part of the store as the tag `part` names it. */
  readonly part: string;
  /** `maximum API tasks` */
  readonly title: string;
  /** How long it applies: always, or while saved credits last. */
  readonly duration: 'always' | 'half an hour' | 'an hour' | 'a day';
  /** Never the bottleneck: scaling raises it, it applies to another duration than an hour, or it only delays messages. */
  readonly informational?: true;
  /**
   * Load of the store at this limit. `not measured`: only a measurement gives the figure; `not known`: the template has a value that
   * only AWS knows; `no limit`: AWS scales it.
   */
  readonly maxLoad: Load | 'not measured' | 'not known' | 'no limit';
  /** The limit in its own unit, as text: `1,437 transactions/s`, `80 connections`. */
  readonly value: string;
  /** The calculation with all numbers, so that a reader can repeat it. */
  readonly calculation: string;
  readonly assumptions: readonly CapacityAssumptionName[];
  /** Sources of its facts. */
  readonly sources: readonly string[];
}

/** Capacity if the CDN answers this share of the requests. */
export interface AtHitRate {
  readonly cdnHitRate: number;
  readonly maxLoad: Load | undefined;
  readonly bottleneck: string | undefined;
}

export interface Demand {
  readonly id: 'requests-per-second' | 'concurrent-users' | 'orders' | 'drop' | 'users';
  /** `30,000 requests/s in total` */
  readonly required: string;
  /** `21,000 requests/s` */
  readonly capacity: string;
  /** Capacity (of a range: the careful end) divided by the requirement: 1 is just enough; undefined if not known. */
  readonly headroom: number | undefined;
  readonly verdict: 'holds' | 'falls short' | 'not known';
  readonly source: string;
}

export interface Step {
  /** `maximum API tasks 4 → 6` */
  readonly text: string;
  /** Settings of the store in cdk.json. */
  readonly settings: Settings;
  /** The same as lines to paste. */
  readonly lines: readonly string[];
  /** Additional cost; undefined if a price is missing. */
  readonly usdPerMonth: number | undefined;
  readonly maxLoad: Load | undefined;
  /** Title of the tightest limit after it. */
  readonly nextBottleneck: string | undefined;
}

/** Cost of a month (USD) without payment fees. */
export interface UnitCosts {
  readonly usdPerUser: number;
  /** Whether it is below the documents' target of 0.10; undefined if a price is missing. */
  readonly usdPerUserHolds: boolean | undefined;
  /** undefined in a month without orders; the next two likewise. */
  readonly usdPerOrder: number | undefined;
  readonly usdPerVisit: number | undefined;
  readonly usdPerThousandRequests: number | undefined;
}

/** Names for `--assume name=value`; assumptions.ts has their meanings and defaults. */
export type CapacityAssumptionName =
  | 'cdnHitRate'
  | 'requestsPerUserPerSecond'
  | 'readsPerWrite'
  | 'transactionsPerWrite'
  | 'cacheHitRate'
  | 'queriesPerRead'
  | 'queriesPerTransaction'
  | 'iosPerTransaction'
  | 'apiCpuMicroseconds'
  | 'cpuShare'
  | 'products'
  | 'cacheKiBPerProduct'
  | 'cacheKiBPerUser'
  | 'cacheKiBPerRead'
  | 'jobKiB'
  | 'natSecondsPerOrder'
  | 'peakFactor'
  | 'writesPerOrder'
  | 'concurrentUserShare'
  | 'dropUnits'
  | 'commitSeconds'
  | `${QuotaName}Quota`;

export interface CapacityAssumption {
  readonly name: CapacityAssumptionName;
  /** The careful end of a range. */
  readonly value: number;
  /** Of a range. */
  readonly fastEnd?: number;
  readonly description: string;
  /** A document, or `assumption`. */
  readonly source: string;
  /** How far off it may be. @default - it is AWS's, somebody gave it, or it is a figure of the month, which has its range there */
  readonly range?: { readonly low: number; readonly high: number; readonly why: string };
  /** Set with --assume. */
  readonly overridden: boolean;
}

export interface CapacityMover extends Mover<CapacityMoverEnd> {
  readonly name: CapacityAssumptionName;
}

interface CapacityMoverEnd extends MoverEnd {
  /** Of the requirement that is then the tightest; undefined if that of one is not known. */
  readonly headroom: number | undefined;
}
