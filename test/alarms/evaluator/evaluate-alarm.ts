import type { AlarmDefinition, Metric, Signal } from '../../../alarms/definition';
import { type AlarmState, alarmState, evaluationRange, type Verdict } from './alarm-state';
import { evaluateExpression } from './expression';
import { datapoints } from './statistic';
import type { Minutes, TimeSeries } from './time-series';

/** What is published of each metric; all of them over the same minutes. */
export type Readings = (metric: Metric) => Minutes;

type Watching = Pick<AlarmDefinition, 'signal' | 'window' | 'operator' | 'threshold' | 'missing'>;

/**
 * The alarm's state after each period, beginning with the first that has a whole evaluation range before it: an alarm that has
 * run for a while. CloudWatch evaluates every minute, whatever the period; here it does so at the end of each, so that a surge has to
 * be judged by whole periods.
 * `late`: periods at the end that nothing is published of yet.
 */
export function alarmStates(alarm: Watching, readings: Readings, late = 0): readonly AlarmState[] {
  refuseWhatCloudWatchRefuses(alarm);
  const range = evaluationRange(alarm.window.of);
  const metrics = Object.entries(metricsOf(alarm.signal)).map(
    ([name, metric]) => [name, datapoints(readings(metric), metric.statistic, alarm.window.periodSeconds)] as const,
  );
  const periods = Math.min(...metrics.map(([, series]) => series.length));

  const states: AlarmState[] = [];
  for (let end = range; end <= periods; end++) {
    const known = metrics.map(([name, series]) => [name, withoutLatest(series.slice(end - range, end), late)] as const);
    const verdicts = valuesOf(alarm, Object.fromEntries(known)).map((value) => verdict(alarm, value));
    states.push(alarmState(verdicts, alarm.window, alarm.missing, states.at(-1) ?? 'INSUFFICIENT_DATA'));
  }
  return states;
}

/** The name of a metric that is watched without an expression. */
const itself = 'm';

function metricsOf(signal: Signal): Readonly<Record<string, Metric>> {
  return 'expression' in signal ? signal.metrics : { [itself]: signal };
}

function withoutLatest(series: TimeSeries, late: number): TimeSeries {
  return series.map((value, index) => (index < series.length - late ? value : undefined));
}

function valuesOf({ signal, window }: Watching, metrics: Readonly<Record<string, TimeSeries>>): TimeSeries {
  return evaluateExpression('expression' in signal ? signal.expression : itself, metrics, window.periodSeconds);
}

function verdict({ operator, threshold }: Watching, value: number | undefined): Verdict {
  if (value === undefined) return 'missing';
  return breaches[operator](value, threshold) ? 'breaching' : 'within';
}

const breaches: Readonly<Record<AlarmDefinition['operator'], (value: number, threshold: number) => boolean>> = {
  '>': (value, threshold) => value > threshold,
  '>=': (value, threshold) => value >= threshold,
  '<': (value, threshold) => value < threshold,
  '<=': (value, threshold) => value <= threshold,
};

/** Limits of PutMetricAlarm (CloudWatch API reference): metrics of an expression, M of N, period, and how far back an alarm looks. */
function refuseWhatCloudWatchRefuses({ signal, window }: Watching): void {
  const { periodSeconds, of } = window;
  const metrics = Object.keys(metricsOf(signal)).length;
  const most = periodSeconds < 3_600 ? 86_400 : 604_800;
  if (metrics > 10) throw new Error(`an alarm takes 10 metrics, not ${metrics}`);
  if (window.datapoints < 1 || window.datapoints > of) throw new Error(`${window.datapoints} of ${of} datapoints can never be`);
  if (periodSeconds % 60 !== 0) throw new Error(`a period is of whole minutes, not ${periodSeconds} s`);
  if (periodSeconds * of > most) throw new Error(`${of} periods of ${periodSeconds} s are more than ${most} s`);
}
