import type { AlarmDefinition, Metric } from '../../../alarms/definition';
import { type AlarmState, alarmState, evaluationRange } from './alarm-state';
import { evaluateExpression } from './expression';
import { datapoints } from './statistic';
import type { Minutes, TimeSeries } from './time-series';

/** What is published of each metric; all of them over the same minutes. */
export type Readings = (metric: Metric) => Minutes;

type Watching = Pick<AlarmDefinition, 'signal' | 'window' | 'operator' | 'threshold' | 'missing'>;

/**
 * The alarm's state after each period, beginning with the first that has a whole evaluation range before it: an alarm that has
 * run for a while. CloudWatch evaluates every minute; here it does so at the end of each period, which is later but not different.
 */
export function alarmStates(alarm: Watching, readings: Readings): readonly AlarmState[] {
  refuseWhatCloudWatchRefuses(alarm);
  const verdicts = valuesOf(alarm, readings).map((value) =>
    value === undefined ? 'missing' : breaches[alarm.operator](value, alarm.threshold) ? 'breaching' : 'within',
  );
  const range = evaluationRange(alarm.window.of);
  const states: AlarmState[] = [];
  for (let end = range; end <= verdicts.length; end++) {
    states.push(alarmState(verdicts.slice(end - range, end), alarm.window, alarm.missing, states.at(-1) ?? 'INSUFFICIENT_DATA'));
  }
  return states;
}

const breaches: Readonly<Record<AlarmDefinition['operator'], (value: number, threshold: number) => boolean>> = {
  '>': (value, threshold) => value > threshold,
  '>=': (value, threshold) => value >= threshold,
  '<': (value, threshold) => value < threshold,
  '<=': (value, threshold) => value <= threshold,
};

function valuesOf({ signal, window: { periodSeconds } }: Watching, readings: Readings): TimeSeries {
  const points = (metric: Metric) => datapoints(readings(metric), metric.statistic, periodSeconds);
  if (!('expression' in signal)) return points(signal);
  const metrics = Object.entries(signal.metrics).map(([name, metric]) => [name, points(metric)] as const);
  return evaluateExpression(signal.expression, Object.fromEntries(metrics), periodSeconds);
}

/** Limits of PutMetricAlarm (CloudWatch API reference): metrics of an expression, M of N, period, and how far back an alarm looks. */
function refuseWhatCloudWatchRefuses({ signal, window: { periodSeconds, datapoints, of } }: Watching): void {
  const metrics = 'expression' in signal ? Object.keys(signal.metrics).length : 1;
  const most = periodSeconds < 3_600 ? 86_400 : 604_800;
  if (metrics > 10) throw new Error(`an alarm takes 10 metrics, not ${metrics}`);
  if (datapoints < 1 || datapoints > of) throw new Error(`${datapoints} of ${of} datapoints can never be`);
  if (periodSeconds % 60 !== 0) throw new Error(`a period is of whole minutes, not ${periodSeconds} s`);
  if (periodSeconds * of > most) throw new Error(`${of} periods of ${periodSeconds} s are more than ${most} s`);
}
