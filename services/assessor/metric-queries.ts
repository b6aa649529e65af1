import type { Metric, MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { pointSeconds } from '../../alarms/assessment/measure';

/** What one alarm watches, as queries for a call of GetMetricData. */
export interface SignalQueries {
  readonly queries: readonly MetricDataQuery[];
  /** Id of the query whose values are returned. */
  readonly id: string;
  /** From the metric's unit to that of the scored rule, for values and thresholds alike. */
  readonly unitFactor: number;
  /** Values are divided by it: a sum over five minutes is one over five periods of a minute. */
  readonly periodsInAPoint: number;
}

/** AWS's units in the documents' (milliseconds) and in GiB; other metrics have the rule's unit. AWS's metric references. */
const unitFactors: Readonly<Record<string, number>> = {
  TargetResponseTime: 1_000, // s
  QueryDatabaseResponseLatency: 1 / 1_000, // µs
  FreeStorageSpace: 1 / 1024 ** 3, // bytes
  FreeableMemory: 1 / 1024 ** 3, // bytes
};

/** They grow with the period; all other statistics do not. */
const counting: ReadonlySet<string> = new Set(['Sum', 'SampleCount']);

/**
 * The alarm's metric or metric math, asked in points of five minutes. Sums and counts are brought back to the alarm's own period, so that
 * floors in its expression and its threshold mean the same. undefined where the alarm has no signal that could be asked for.
 * @param prefix makes the ids unique in a call; a lower-case letter first
 */
export function signalQueries(alarm: MetricAlarm, prefix: string): SignalQueries | undefined {
  return alarm.MetricName === undefined ? mathQueries(alarm, prefix) : metricQuery(alarm, prefix);
}

function metricQuery(alarm: MetricAlarm, prefix: string): SignalQueries | undefined {
  const { Namespace, MetricName, Dimensions, Period } = alarm;
  const stat = alarm.ExtendedStatistic ?? alarm.Statistic;
  if (stat === undefined) return undefined;
  return {
    queries: [query(`${prefix}_m`, { Namespace, MetricName, Dimensions }, stat, true)],
    id: `${prefix}_m`,
    unitFactor: unitFactorOf([{ MetricName }]),
    periodsInAPoint: periodsInAPoint(stat, Period),
  };
}

function mathQueries({ Metrics = [] }: MetricAlarm, prefix: string): SignalQueries | undefined {
  const returned = Metrics.find(({ ReturnData }) => ReturnData !== false);
  if (returned?.Id === undefined) return undefined;
  const ownId = (id: string | undefined) => `${prefix}_${id}`;

  const names = new Map<string, string>();
  for (const { Id = '', MetricStat } of Metrics) {
    const periods = periodsInAPoint(MetricStat?.Stat, MetricStat?.Period);
    names.set(Id, periods === 1 ? ownId(Id) : `(${ownId(Id)} / ${periods})`);
  }
  const alarmPeriod = Metrics.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ?? pointSeconds;
  const queries = Metrics.map(({ Id, MetricStat, Expression }): MetricDataQuery => {
    const isReturned = Id === returned.Id;
    if (MetricStat) return query(ownId(Id), MetricStat.Metric, MetricStat.Stat, isReturned);
    return {
      Id: ownId(Id),
      Expression: renamed(Expression ?? '', names, alarmPeriod),
      Period: pointSeconds,
      ReturnData: isReturned,
    };
  });
  return {
    queries,
    id: ownId(returned.Id),
    unitFactor: unitFactorOf(Metrics.map(({ MetricStat }) => MetricStat?.Metric)),
    periodsInAPoint: periodsInAPoint(returned.MetricStat?.Stat, returned.MetricStat?.Period),
  };
}

function query(id: string, metric: Metric | undefined, stat: string | undefined, isReturned: boolean): MetricDataQuery {
  return { Id: id, MetricStat: { Metric: metric, Period: pointSeconds, Stat: stat }, ReturnData: isReturned };
}

/**
 * Below its floor an alarm's expression gives what does not ring. The score wants no value there: what is not judged is not known,
 * and least of all perfect.
 */
const withoutElse = (expression: string): string => expression.replace(/^(IF\(.+), \d+\)$/, '$1)');

/** Ids begin with a lower-case letter, functions and keywords of metric math with a capital. */
function renamed(expression: string, names: ReadonlyMap<string, string>, alarmPeriod: number): string {
  return withoutElse(expression)
    .replaceAll(/\bPERIOD\(\s*\w+\s*\)/g, String(alarmPeriod))
    .replaceAll(/\b[a-z]\w*\b/g, (word) => names.get(word) ?? word);
}

/** 1 for statistics that do not grow with the period. */
function periodsInAPoint(stat: string | undefined, period: number | undefined): number {
  return stat !== undefined && counting.has(stat) && period !== undefined ? pointSeconds / period : 1;
}

function unitFactorOf(metrics: readonly (Metric | undefined)[]): number {
  const [factor] = metrics.flatMap((metric) => unitFactors[metric?.MetricName ?? ''] ?? []);
  return factor ?? 1;
}
