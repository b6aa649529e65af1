import type { CloudWatchClient, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { daySeconds, pointSeconds } from '../../alarms/assessment/measure';
import { edgeRegion } from '../../lib/facts/regions';
import { metrics, scoreEverySeconds } from '../contract';
import type { AssessorEnvironment } from './environment';
import { readMetricData } from './metric-data';
import { lastDays } from './read-store';
import { datum, putMetrics, type Target } from './write-results';

/** Points of CloudFront are told again for two runs: one may fail without a hole, and what is told twice has the same mean. */
const errorDays = (2 * scoreEverySeconds) / daySeconds;
/** ACM tells the days twice a day. */
const certificateDays = 2;

/**
 * Tells the CDN's errors and the days left of its certificate again in the store's region: CloudFront and its certificates write their
 * metrics into us-east-1, and an alarm reads its own region alone.
 */
export async function republishCdn(
  cdn: NonNullable<AssessorEnvironment['cdn']>,
  from: CloudWatchClient,
  to: Target,
  now: Date,
): Promise<void> {
  const read = async (metric: MetricDataQuery, days: number) =>
    (await readMetricData(from, edgeRegion, [[metric]], lastDays(days, now))).get(metric.Id ?? '') ?? [];
  const errors = cdn.distributionId === undefined ? [] : await read(errorRate(cdn.distributionId), errorDays);
  const days = cdn.certificateArn === undefined ? [] : await read(daysToExpiry(cdn.certificateArn), certificateDays);
  await putMetrics(to, [
    ...errors.map(({ at, value }) => datum(metrics.cdnErrorRate, value, 'Percent', new Date(at * 1000))),
    ...days.slice(-1).map(({ value }) => datum(metrics.cdnCertificateDaysToExpiry, value, 'None', now)),
  ]);
}

const errorRate = (distributionId: string): MetricDataQuery =>
  query('errors', 'AWS/CloudFront', '5xxErrorRate', { DistributionId: distributionId, Region: 'Global' }, 'Average');

const daysToExpiry = (certificateArn: string): MetricDataQuery =>
  query('days', 'AWS/CertificateManager', 'DaysToExpiry', { CertificateArn: certificateArn }, 'Minimum');

function query(
  Id: string,
  Namespace: string,
  MetricName: string,
  dimensions: Record<string, string>,
  Stat: string,
): MetricDataQuery {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { Id, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: pointSeconds, Stat } };
}
