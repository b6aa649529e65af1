import facts from './recommended-alarms.json';

/** An alarm that AWS recommends. A null threshold: AWS gives a method, not a number. */
export interface RecommendedAlarm {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: readonly string[];
  readonly statistic: string;
  readonly operator: string;
  readonly threshold: number | null;
  /** M/N. */
  readonly datapoints: string;
}

/** AWS's own list for the services that the store consists of; its source stands in the file. */
export const recommendedAlarms: readonly RecommendedAlarm[] = facts.alarms;
