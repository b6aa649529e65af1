import { type CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Assessment } from '../../alarms/assessment/assess';
import { metricNamespace, metrics } from '../contract';
import { callAws } from './assessor-error';

/** A client with the region and the store that it writes for. */
export interface Target {
  readonly client: CloudWatchClient;
  readonly region: string;
  readonly store: string;
}

/** Writes score and confidence as metrics of the store; without a score, the confidence alone, which says why. */
export async function writeAssessment(target: Target, { score, confidence }: Assessment, now: Date): Promise<void> {
  await putMetrics(target, [
    ...(score === undefined ? [] : [datum(metrics.score, score, 'None', now)]),
    datum(metrics.confidence, confidence * 100, 'Percent', now),
  ]);
}

export function datum(MetricName: string, Value: number, Unit: 'None' | 'Percent', Timestamp: Date): MetricDatum {
  return { MetricName, Value, Unit, Timestamp };
}

export async function putMetrics({ client, region, store }: Target, data: readonly MetricDatum[]): Promise<void> {
  if (data.length === 0) return;
  const command = new PutMetricDataCommand({ Namespace: metricNamespace(store), MetricData: [...data] });
  await callAws('cloudwatch:PutMetricData', region, () => client.send(command));
}
