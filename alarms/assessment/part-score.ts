import { score as lights } from '../thresholds';
import type { Levels } from './levels';

/**
 * 0 to 100 for one measure: 100 up to the best level, 80 at the warning, 60 at the critical level, 0 at the end, straight lines
 * between them. So a part turns yellow where its Warning rings and red where its Critical does. Rounded down, never up over
 * a light's boundary; a measure that stands on a level whose alarm rings at it has crossed it.
 */
export function partScore(value: number, levels: Levels): number {
  const whole = Math.floor(onTheLine(value, levels));
  if (hasCrossed(value, levels.critical, levels)) return Math.min(whole, lights.yellow - 1);
  if (hasCrossed(value, levels.warning, levels)) return Math.min(whole, lights.green - 1);
  return whole;
}

function hasCrossed(value: number, level: number, { worse, inclusive }: Levels): boolean {
  if (value === level) return inclusive;
  return worse === 'higher' ? value > level : value < level;
}

function onTheLine(value: number, { best, warning, critical, end, worse }: Levels): number {
  const knots = [
    { at: best, score: 100 },
    { at: warning, score: lights.green },
    { at: critical, score: lights.yellow },
    { at: end, score: 0 },
  ];
  const direction = worse === 'higher' ? 1 : -1;
  const next = knots.findIndex(({ at }) => value * direction <= at * direction);
  if (next === -1) return 0;
  const [from, to] = [knots[next - 1], knots[next]];
  if (!from || !to) return 100;
  return to.score + ((from.score - to.score) * (to.at - value)) / (to.at - from.at);
}
