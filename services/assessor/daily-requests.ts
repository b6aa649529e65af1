import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DailyFigure } from '../../alarms/assessment/growth';
import { daySeconds } from '../../alarms/assessment/measure';
import { readMetricData } from './metric-data';
import type { AlarmedRule } from './store-alarms';

/** Half a year: CloudWatch keeps hours, of which days are made, for 455 days; older growth says little of the next months. */
export const mostDays = 182;

/**
 * Requests of each whole day in UTC up to yesterday, by the metric that the alarm on requests watches; none where there is no such alarm.
 * @throws AssessorError where CloudWatch does not answer
 */
export async function readDailyRequests(
  client: CloudWatchClient,
  { region, rules, now }: { readonly region: string; readonly rules: readonly AlarmedRule[]; readonly now: number },
): Promise<readonly DailyFigure[]> {
  const own = rules.find(({ rule }) => rule === 'request-rate');
  const { Namespace, MetricName, Dimensions } = own?.warning ?? own?.critical ?? {};
  if (MetricName === undefined) return [];
  const Id = 'requests_a_day';
  const MetricStat = { Metric: { Namespace, MetricName, Dimensions }, Period: daySeconds, Stat: 'Sum' };
  const to = Math.floor(now / daySeconds) * daySeconds;
  const points = await readMetricData(client, region, [[{ Id, MetricStat }]], { from: to - mostDays * daySeconds, to });
  return points.get(Id) ?? [];
}
