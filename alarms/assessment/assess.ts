import { score as lights } from '../thresholds';
import type { Change } from './change';
import type { Measure, TimeWindow } from './measure';
import { type Light, lightOf, type Part, partOf } from './part';
import { type Recommendation, recommend } from './recommend';
import { type ScoredRule, scored, scoredRules } from './scored';
import type { StoreFacts } from './store-facts';

export interface Assessment {
  /** 0 to 100; undefined where most is unknown. */
  readonly score: number | undefined;
  readonly light: Light;
  /** Share of the weights, of what the caller can measure, whose parts are known, 0 to 1. */
  readonly confidence: number;
  /** The score is known and so low that the next size should be planned. */
  readonly planNextSize: boolean;
  /** Heaviest first. */
  readonly parts: readonly Part[];
  /** In the order in which to follow them. */
  readonly recommendations: readonly Recommendation[];
}

export interface AssessmentInput {
  readonly store: StoreFacts;
  readonly window: TimeWindow;
  readonly measures: readonly Measure[];
  /** What the caller can measure, where that is less than there is to know: score and confidence are of these alone. @default - all */
  readonly rules?: readonly ScoredRule[];
  /** USD that a change costs more a month; undefined where the caller does not know. @default - nothing has a price */
  readonly costOf?: (change: Change) => number | undefined;
}

/** Confidence below which there is no score, and below which it is not green: assumptions. */
const confidence = { score: 0.5, green: 0.8 } as const;

/**
 * How a store bears its load, by a window of five-minute points. The score is the mean of two: of all parts by weight, and of the worst
 * part; so one part that is critical is never green, however well the others are. It is counted from the parts' whole numbers
 * and rounded down: whoever adds the table up gets it.
 */
export function assess({ store, window, measures, rules = scoredRules, costOf = () => undefined }: AssessmentInput): Assessment {
  const byRule = Map.groupBy(measures, ({ rule }) => rule);
  const parts = rules
    .filter((rule) => byRule.has(rule) || (scored[rule].existsIn?.(store) ?? true))
    .map((rule) => partOf(rule, byRule.get(rule) ?? [], store, window))
    .toSorted((one, other) => other.weight - one.weight);

  const known = share(parts);
  const score = known >= confidence.score ? overall(parts) : undefined;
  const planNextSize = score !== undefined && score < lights.plan;
  return {
    score,
    light: overallLight(score, known),
    confidence: known,
    planNextSize,
    parts,
    recommendations: recommend({ store, window, measures, parts, planNextSize, wellKnown: known >= confidence.green, costOf }),
  };
}

function share(parts: readonly Part[]): number {
  const all = sum(parts.map(({ weight }) => weight));
  return sum(parts.map(({ weight, known }) => weight * known)) / all;
}

function overall(parts: readonly Part[]): number | undefined {
  const rated = parts.flatMap(({ score, weight }) => (score === undefined ? [] : [{ score, weight }]));
  const mean = sum(rated.map(({ score, weight }) => score * weight)) / sum(rated.map(({ weight }) => weight));
  const worst = Math.min(...rated.map(({ score }) => score));
  return Math.floor((mean + worst) / 2);
}

function overallLight(score: number | undefined, known: number): Light {
  if (score === undefined) return 'unknown';
  const light = lightOf(score);
  return light === 'green' && known < confidence.green ? 'unknown' : light;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
