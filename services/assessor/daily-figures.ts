import type { CloudWatchClient, Metric } from '@aws-sdk/client-cloudwatch';
import type { DailyFigure } from '../../alarms/assessment/growth';
import { daySeconds } from '../../alarms/assessment/measure';
import { readMetricData } from './metric-data';

/** Half a year: CloudWatch keeps hours, of which days are made, for 455 days; older growth says little of the next months. */
const mostDays = 182;

interface Daily {
  readonly region: string;
  readonly id: string;
  readonly metric: Metric;
  readonly stat: 'Sum' | 'Maximum';
  /** Epoch seconds. */
  readonly now: number;
}

/** A metric of each whole day in UTC up to yesterday. @throws AssessorError where CloudWatch does not answer */
export async function readDaily(
  client: CloudWatchClient,
  { region, id, metric, stat, now }: Daily,
): Promise<readonly DailyFigure[]> {
  const MetricStat = { Metric: metric, Period: daySeconds, Stat: stat };
  const to = Math.floor(now / daySeconds) * daySeconds;
  const points = await readMetricData(client, region, [[{ Id: id, MetricStat }]], { from: to - mostDays * daySeconds, to });
  return points.get(id) ?? [];
}
