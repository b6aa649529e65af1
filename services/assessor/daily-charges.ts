import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DailyFigure } from '../../alarms/assessment/growth';
import { daySeconds } from '../../alarms/assessment/measure';
import { edgeRegion } from '../../lib/facts/regions';
import { readDaily } from './daily-figures';

const charges = {
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: 'USD' }],
};

/**
 * USD that the account was charged on each whole day, in UTC; none before its billing alerts are on. AWS publishes the sum of the month so far,
 * in us-east-1 alone. @throws AssessorError where CloudWatch does not answer
 */
export async function readDailyCharges(client: CloudWatchClient, now: number): Promise<readonly DailyFigure[]> {
  return dailyCharges(
    await readDaily(client, { region: edgeRegion, id: 'charges_so_far', metric: charges, stat: 'Maximum', now }),
  );
}

/** On the first two days of a month the metric still shows the charges of the month before. */
const firstDay = 3;

/** What each day adds to the month's sum; a day after a gap is left out. */
function dailyCharges(sums: readonly DailyFigure[]): readonly DailyFigure[] {
  const byDay = new Map(sums.map(({ at, value }) => [at, value]));
  return sums.flatMap(({ at, value }) => {
    const before = byDay.get(at - daySeconds);
    const isFirst = new Date(at * 1000).getUTCDate() < firstDay;
    return before === undefined || isFirst ? [] : [{ at, value: value - before }];
  });
}
