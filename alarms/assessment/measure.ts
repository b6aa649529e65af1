import type { ScoredRule } from './scored';

/** Five minutes of one metric. */
export interface Point {
  /** Epoch seconds of their start. */
  readonly at: number;
  /** In the unit that the scored rule names. */
  readonly value: number;
}

/** What one alarm rule watches, for each of its instances one measure. Five minutes without data have no point. */
export interface Measure {
  readonly rule: ScoredRule;
  /** Which one of several, for example `replica-1`; undefined where there is one. */
  readonly instance: string | undefined;
  readonly deployed: DeployedLevels;
  /** In the order of time. */
  readonly points: readonly Point[];
}

/** The thresholds of the rule's alarms as they are deployed, in the unit of the points; at least one of the two. */
export interface DeployedLevels {
  readonly warning: number | undefined;
  readonly critical: number | undefined;
  /** Whether the alarm rings at the threshold itself (`>=`, `<=`) and not only beyond it. */
  readonly inclusive: boolean;
}

/** Epoch seconds; `to` is not in it. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Seconds of a point: the finest that CloudWatch keeps for 63 days. */
export const pointSeconds = 300;
export const daySeconds = 86_400;
