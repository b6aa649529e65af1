import { type CloudWatchClient, type MetricDataQuery, StandardUnit } from '@aws-sdk/client-cloudwatch';
import { daySeconds, pointSeconds, type TimeWindow } from '../../alarms/assessment/measure';
import { edgeRegion } from '../../lib/facts/regions';
import { metrics, scoreEverySeconds } from '../contract';
import type { AssessorEnvironment } from './environment';
import { readMetricData } from './metric-data';
import { putMetrics, type Target } from './write-results';

/** Points of CloudFront are told again for two runs: one may fail without a hole, and what is told twice has the same mean. */
const errorSeconds = 2 * scoreEverySeconds;
/** ACM tells the days twice a day. */
const certificateSeconds = 2 * daySeconds;

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
  const end = Math.floor(now.getTime() / 1000 / pointSeconds) * pointSeconds;
  const read = async (query: MetricDataQuery, seconds: number) => {
    const window: TimeWindow = { from: end - seconds, to: end };
    return (await readMetricData(from, edgeRegion, [[query]], window)).get(query.Id ?? '') ?? [];
  };
  const errors = cdn.distributionId === undefined ? [] : await read(errorRate(cdn.distributionId), errorSeconds);
  const days = cdn.certificateArn === undefined ? [] : await read(daysToExpiry(cdn.certificateArn), certificateSeconds);
  const lastDays = days.at(-1);
  await putMetrics(to, [
    ...errors.map(({ at, value }) => ({
      MetricName: metrics.cdnErrorRate,
      Value: value,
      Unit: StandardUnit.Percent,
      Timestamp: new Date(at * 1000),
    })),
    ...(lastDays
      ? [
          {
            MetricName: metrics.cdnCertificateDaysToExpiry,
            Value: lastDays.value,
            Unit: StandardUnit.None,
            Timestamp: now,
          },
        ]
      : []),
  ]);
}

const errorRate = (distributionId: string): MetricDataQuery => ({
  Id: 'errors',
  MetricStat: {
    Metric: {
      Namespace: 'AWS/CloudFront',
      MetricName: '5xxErrorRate',
      Dimensions: [
        { Name: 'DistributionId', Value: distributionId },
        { Name: 'Region', Value: 'Global' },
      ],
    },
    Period: pointSeconds,
    Stat: 'Average',
  },
});

const daysToExpiry = (certificateArn: string): MetricDataQuery => ({
  Id: 'days',
  MetricStat: {
    Metric: {
      Namespace: 'AWS/CertificateManager',
      MetricName: 'DaysToExpiry',
      Dimensions: [{ Name: 'CertificateArn', Value: certificateArn }],
    },
    Period: pointSeconds,
    Stat: 'Minimum',
  },
});
