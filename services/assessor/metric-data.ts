import {
  type CloudWatchClient,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
  ScanBy,
} from '@aws-sdk/client-cloudwatch';
import type { Point, TimeWindow } from '../../alarms/assessment/measure';
import { AssessorError, callAws } from './assessor-error';

/** Most queries that a call of GetMetricData takes. */
const mostQueries = 500;

/**
 * The points of every returned query by its id, in the order of time. Queries of one group stay in one call, since an expression finds
 * only what is asked with it.
 */
export async function readMetricData(
  client: CloudWatchClient,
  region: string,
  groups: readonly (readonly MetricDataQuery[])[],
  { from, to }: TimeWindow,
): Promise<ReadonlyMap<string, readonly Point[]>> {
  const points = new Map<string, Point[]>();
  for (const queries of batches(groups)) {
    const input = {
      MetricDataQueries: [...queries],
      StartTime: new Date(from * 1000),
      EndTime: new Date(to * 1000),
      ScanBy: ScanBy.TIMESTAMP_ASCENDING,
    };
    await callAws('cloudwatch:GetMetricData', region, async () => {
      for await (const page of paginateGetMetricData({ client, stopOnSameToken: true }, input)) {
        for (const result of page.MetricDataResults ?? []) append(points, result);
      }
    });
  }
  return points;
}

/** As few calls as the limit allows; groups in their order. */
export function batches(groups: readonly (readonly MetricDataQuery[])[]): readonly (readonly MetricDataQuery[])[] {
  const calls: MetricDataQuery[][] = [];
  for (const group of groups) {
    const last = calls.at(-1);
    if (last && last.length + group.length <= mostQueries) last.push(...group);
    else calls.push([...group]);
  }
  return calls;
}

function append(points: Map<string, Point[]>, { Id = '', StatusCode, Timestamps = [], Values = [] }: MetricDataResult): void {
  if (StatusCode === 'InternalError' || StatusCode === 'Forbidden') {
    throw new AssessorError(
      'refused',
      `CloudWatch returned no values for a metric of the store (${StatusCode}); try again in a few minutes`,
    );
  }
  const known = points.get(Id) ?? [];
  points.set(Id, known);
  if (Timestamps.length !== Values.length) throw malformed();
  for (const [index, value] of Values.entries()) {
    const at = (Timestamps[index]?.getTime() ?? Number.NaN) / 1000;
    if (Number.isNaN(at)) throw malformed();
    known.push({ at, value });
  }
}

function malformed(): AssessorError {
  return new AssessorError('malformed-answer', 'The answer to cloudwatch:GetMetricData cannot be read: a value has no timestamp');
}
