import { type CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Assessment } from '../../alarms/assessment/assess';
import type { End, Forecast } from '../../alarms/assessment/forecast';
import { metricNamespace, metrics } from '../contract';
import { callAws } from './assessor-error';

/** A client with the region and the store that it writes for. */
export interface Target {
  readonly client: CloudWatchClient;
  readonly region: string;
  readonly store: string;
}

interface Results extends Pick<Assessment, 'score' | 'confidence'> {
  readonly forecast: Pick<Forecast, 'size'>;
}

/**
 * Writes score, confidence and the days until the size ends as metrics of the store. What is not known has no value: not the score, where
 * the confidence says why, nor the days.
 */
export async function writeAssessment(
  target: Target,
  { score, confidence, forecast: { size } }: Results,
  now: Date,
): Promise<void> {
  await putMetrics(target, [
    ...(score === undefined ? [] : [datum(metrics.score, score, 'None', now)]),
    datum(metrics.confidence, confidence * 100, 'Percent', now),
    ...(size.days === undefined ? [] : [datum(metrics.daysUntilSizeEnds, size.days, 'Count', now)]),
  ]);
}

/** Writes the days until the account's charges reach the budget, where they are known. */
export async function writeBudgetEnd(target: Target, { days }: Pick<End, 'days'>, now: Date): Promise<void> {
  await putMetrics(target, days === undefined ? [] : [datum(metrics.daysUntilBudgetEnds, days, 'Count', now)]);
}

export function datum(MetricName: string, Value: number, Unit: 'None' | 'Percent' | 'Count', Timestamp: Date): MetricDatum {
  return { MetricName, Value, Unit, Timestamp };
}

export async function putMetrics({ client, region, store }: Target, data: readonly MetricDatum[]): Promise<void> {
  if (data.length === 0) return;
  const command = new PutMetricDataCommand({ Namespace: metricNamespace(store), MetricData: [...data] });
  await callAws('cloudwatch:PutMetricData', region, () => client.send(command));
}
