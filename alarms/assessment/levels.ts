import type { DeployedLevels } from './measure';
import type { Scored } from './scored';
import type { StoreFacts } from './store-facts';

/** Where a measure's score turns, from the best to the worst. */
export interface Levels {
  /** From here on nothing is gained: 100. */
  readonly best: number;
  /** 80. */
  readonly warning: number;
  /** 60; what days left are counted to. */
  readonly critical: number;
  /** 0. */
  readonly end: number;
  readonly inclusive: boolean;
  readonly worse: Scored['worse'];
}

/**
 * The best is at half of the warning and the end at twice the critical level, the other way round where lower is worse; the end
 * comes earlier where the measure cannot go so far. Where an alarm of one level exists only, the other level stands at its double
 * or half, between the ratios of the documents' own pairs (1.1 to 5), unless the table of rules knows better.
 */
export function levelsOf(rule: Scored, deployed: DeployedLevels, store: StoreFacts): Levels | undefined {
  const worseBy = rule.worse === 'higher' ? 2 : 0.5;
  const critical = deployed.critical ?? rule.otherwise?.critical ?? times(deployed.warning, worseBy);
  const warning = deployed.warning ?? times(deployed.critical, 1 / worseBy);
  if (warning === undefined || critical === undefined) return undefined;

  const worst = rule.worse === 'higher' ? Math.max : Math.min;
  const act = worst(warning, critical); // should somebody have deployed them the wrong way round
  const end = rule.end?.(store) ?? (rule.unit === 'percent' ? 100 : undefined);
  return {
    best: rule.otherwise?.best ?? warning / worseBy,
    warning,
    critical: act,
    end: end === undefined ? act * worseBy : worst(act, Math.min(act * worseBy, end)),
    inclusive: deployed.inclusive,
    worse: rule.worse,
  };
}

const times = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;
