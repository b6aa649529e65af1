import { type Assessment, assess } from '../../../alarms/assessment/assess';
import { type Measure, pointSeconds } from '../../../alarms/assessment/measure';
import type { ScoredRule } from '../../../alarms/assessment/scored';
import { cacheHitRate, cpu, errorRate, memory, queryTime, responseTimeP95 } from '../../../alarms/thresholds';
import type { ApiParts } from '../parts';
import type { LoadPoint } from './load-history';

interface Source {
  readonly levels: { readonly warning?: number; readonly critical?: number };
  readonly value: (point: LoadPoint) => number | undefined;
}

/** What a process can tell of itself, by the documents' thresholds; the assessor, who reads CloudWatch, knows the rest. */
const sources: Partial<Record<ScoredRule, Source>> = {
  'response-time': { levels: responseTimeP95, value: ({ responseMs }) => responseMs?.p95 },
  'error-rate': { levels: errorRate, value: ({ errorPercent }) => errorPercent },
  'query-time': { levels: queryTime, value: ({ queryMs }) => queryMs },
  'api-cpu': { levels: cpu, value: ({ cpuPercent }) => cpuPercent },
  'api-memory': { levels: memory, value: ({ memoryPercent }) => memoryPercent },
  'cache-hit-rate': { levels: { warning: cacheHitRate.least }, value: ({ cacheHitPercent }) => cacheHitPercent },
};

/**
 * How this task bears its load, by the same pure function as the store's score, over what a task can know of itself. Of database, queues and
 * the other tasks it says nothing.
 */
export function assessLoad(points: readonly LoadPoint[], { name, region, readers }: ApiParts['store']): Assessment {
  const measures = Object.entries(sources).map(
    ([rule, { levels, value }]): Measure => ({
      rule: rule as ScoredRule,
      instance: undefined,
      deployed: { warning: levels.warning, critical: levels.critical, inclusive: false },
      points: points.flatMap((point) => {
        const measured = value(point);
        return measured === undefined ? [] : [{ at: point.at, value: measured }];
      }),
    }),
  );
  return assess({
    store: {
      name,
      region,
      tier: undefined,
      databaseClass: 'unknown',
      allocatedGb: 0,
      replicas: readers.length,
      proxy: false,
      cacheMode: undefined,
      apiMaxTasks: undefined,
    },
    window: { from: points[0]?.at ?? 0, to: (points.at(-1)?.at ?? 0) + pointSeconds },
    measures,
    rules: measures.map(({ rule }) => rule),
  });
}
