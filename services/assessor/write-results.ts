import { type CloudWatchClient, type MetricDatum, PutMetricDataCommand, StandardUnit } from '@aws-sdk/client-cloudwatch';
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
  const scores =
    score === undefined ? [] : [{ MetricName: metrics.score, Value: score, Unit: StandardUnit.None, Timestamp: now }];
  await putMetrics(target, [
    ...scores,
    { MetricName: metrics.confidence, Value: confidence * 100, Unit: StandardUnit.Percent, Timestamp: now },
  ]);
}

export async function putMetrics({ client, region, store }: Target, data: readonly MetricDatum[]): Promise<void> {
  if (data.length === 0) return;
  const command = new PutMetricDataCommand({ Namespace: metricNamespace(store), MetricData: [...data] });
  await callAws('cloudwatch:PutMetricData', region, () => client.send(command));
}
