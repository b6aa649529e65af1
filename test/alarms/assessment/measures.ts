import type { DeployedLevels, Measure, Point, TimeWindow } from '../../../alarms/assessment/measure';
import { type ScoredRule, scored, scoredRules } from '../../../alarms/assessment/scored';
import type { StoreFacts } from '../../../alarms/assessment/store-facts';

const to = Date.parse('2026-11-20T12:00:00Z') / 1000;

/** Seven days, as by default. */
export const week: TimeWindow = { from: to - 7 * 86_400, to };

export const medium: StoreFacts = {
  name: 'shop',
  region: 'us-east-1',
  tier: 'medium',
  databaseClass: 'db.t4g.medium',
  allocatedGb: 100,
  replicas: 0,
  proxy: true,
  cacheMode: 'single',
  apiMaxTasks: 6,
};

/** Thresholds as a medium store deploys them, in the documents' units. */
export const levels: Readonly<Record<ScoredRule, DeployedLevels>> = {
  'response-time': above(200, 500),
  'error-rate': above(1, 5),
  'query-time': above(100, 500),
  'request-rate': above(30_000),
  'api-cpu': above(70, 90),
  'api-memory': above(80, 90),
  'api-at-maximum': { ...above(6), inclusive: true },
  'database-cpu': above(70, 90),
  'database-memory': above(1, 0.4),
  'database-connections': above(259, 291),
  'database-storage': above(undefined, 10),
  'cache-cpu': above(70, 90),
  'cache-memory': above(80, 90),
  'cache-hit-rate': above(80),
  'queue-age': above(300, 900),
  'replica-cpu': above(70, 90),
};

/** Every rule of a quiet store, at a third of its warning, or three times it where lower is worse. */
const quiet: Readonly<Record<ScoredRule, number>> = Object.fromEntries(
  scoredRules.map((rule) => {
    const { warning, critical } = levels[rule];
    const level = warning ?? 2 * (critical ?? 0); // the disk alone has no Warning
    return [rule, scored[rule].worse === 'higher' ? level / 3 : Math.min(level * 3, rule === 'cache-hit-rate' ? 95 : Infinity)];
  }),
) as Record<ScoredRule, number>;

/** Points of the whole window, the same value in each, or by the day (0 is the first). */
export function flat(value: number | ((day: number) => number), window: TimeWindow = week): readonly Point[] {
  return Array.from({ length: (window.to - window.from) / 300 }, (_, index) => ({
    at: window.from + index * 300,
    value: typeof value === 'number' ? value : value(Math.floor(index / 288)),
  }));
}

export function measure(rule: ScoredRule, value: number | ((day: number) => number), instance?: string): Measure {
  return { rule, instance, deployed: levels[rule], points: flat(value) };
}

/** All rules of a store without replicas, quiet but for those that are given; undefined leaves a rule out. */
export function measures(
  values: Partial<Record<ScoredRule, number | ((day: number) => number) | undefined>> = {},
): readonly Measure[] {
  const all = { ...quiet, 'replica-cpu': undefined, ...values };
  return scoredRules.flatMap((rule) => {
    const value = all[rule];
    return value === undefined ? [] : [measure(rule, value)];
  });
}

function above(warning: number | undefined, critical?: number): DeployedLevels {
  return { warning, critical, inclusive: false };
}
