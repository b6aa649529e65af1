import { score as lights } from '../thresholds';
import { levelsOf } from './levels';
import { type Measure, pointSeconds, type TimeWindow } from './measure';
import { partScore } from './part-score';
import { worstOfMost } from './percentile';
import { type Scored, type ScoredRule, scored } from './scored';
import type { StoreFacts } from './store-facts';
import { daysUntil } from './trend';

export type Light = 'green' | 'yellow' | 'red' | 'unknown';

/** One line of the score: a rule, told by the worst of its instances. */
export interface Part {
  readonly rule: ScoredRule;
  readonly title: string;
  readonly unit: Scored['unit'];
  /** The instance that decides, where there are several. */
  readonly instance: string | undefined;
  /** What 95% of the points are no worse than; undefined where too little is known. */
  readonly value: number | undefined;
  readonly warning: number | undefined;
  readonly critical: number | undefined;
  /** 0 to 100. */
  readonly score: number | undefined;
  /** `unknown`, and never green, where an instance is not known. */
  readonly light: Light;
  readonly weight: number;
  /** Share of the instances that are known, 0 to 1. */
  readonly known: number;
  /** Until the critical level, by trend; 0 beyond it, undefined where it does not grow. */
  readonly daysUntilCritical: number | undefined;
}

/**
 * Share of the window's points that a measure needs. Nights without requests leave gaps, so it is far below one (assumption); a store
 * younger than that is asked for fewer days.
 */
const leastShare = 0.25;

/** The part that a rule's measures make; without measures it is unknown. */
export function partOf(rule: ScoredRule, measures: readonly Measure[], store: StoreFacts, window: TimeWindow): Part {
  const { title, unit, weight } = scored[rule];
  const instances = measures.map((measure) => judge(measure, store, window));
  const known = instances.filter(({ score }) => score !== undefined);
  const worst = known.toSorted((one, other) => (one.score ?? 0) - (other.score ?? 0))[0] ?? instances[0] ?? nothing;
  const soonest = known.flatMap(({ daysUntilCritical }) => daysUntilCritical ?? []).toSorted((a, b) => a - b)[0];
  const share = instances.length === 0 ? 0 : known.length / instances.length;
  const light = worst.score === undefined ? 'unknown' : lightOf(worst.score);
  return {
    rule,
    title,
    unit,
    weight,
    ...worst,
    known: share,
    light: light === 'green' && share < 1 ? 'unknown' : light,
    daysUntilCritical: soonest,
  };
}

export function lightOf(score: number): Light {
  if (score >= lights.green) return 'green';
  return score >= lights.yellow ? 'yellow' : 'red';
}

type Judged = Pick<Part, 'instance' | 'value' | 'warning' | 'critical' | 'score' | 'daysUntilCritical'>;

const nothing: Judged = {
  instance: undefined,
  value: undefined,
  warning: undefined,
  critical: undefined,
  score: undefined,
  daysUntilCritical: undefined,
};

function judge({ rule, instance, deployed, points: all }: Measure, store: StoreFacts, window: TimeWindow): Judged {
  const { worse } = scored[rule];
  const levels = levelsOf(scored[rule], deployed, store);
  const known = { ...nothing, instance, warning: levels?.warning, critical: levels?.critical };
  const points = all.filter(({ at, value }) => at >= window.from && at < window.to && Number.isFinite(value));
  const value = worstOfMost(
    points.map((point) => point.value),
    worse,
  );
  const least = (leastShare * (window.to - window.from)) / pointSeconds;
  if (!levels || value === undefined || points.length < least) return known;
  return {
    ...known,
    value,
    score: partScore(value, levels),
    daysUntilCritical: daysUntil({ worse, limit: levels.critical }, points, window),
  };
}
