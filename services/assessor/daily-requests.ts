import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DailyFigure } from '../../alarms/assessment/growth';
import { readDaily } from './daily-figures';
import type { AlarmedRule } from './store-alarms';

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
  return readDaily(client, { region, id: 'requests_a_day', metric: { Namespace, MetricName, Dimensions }, stat: 'Sum', now });
}
