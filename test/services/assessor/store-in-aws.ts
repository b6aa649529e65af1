import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { evaluateExpression } from '../../alarms/evaluator/expression';
import { type Answer, type AwsRequest, type Database, databases, json } from './aws-server';

/** Alarms, metrics and database of a store called `shop`, as AWS answers for them; its values can be set. */

const metric = (Namespace: string, MetricName: string, Value: string, Name = 'DBInstanceIdentifier') => ({
  Namespace,
  MetricName,
  Dimensions: [{ Name, Value }],
});

interface Watched extends Partial<MetricAlarm> {
  readonly levels: Readonly<Record<string, number>>;
}

const rds = (MetricName: string, levels: Watched['levels'], more: Partial<MetricAlarm> = {}): Watched => ({
  ...metric('AWS/RDS', MetricName, 'shop-database'),
  Statistic: 'Average',
  Period: 60,
  levels,
  ...more,
});

const below = { ComparisonOperator: 'LessThanThreshold' } as const;

const ecs = (MetricName: string, levels: Watched['levels'], more: Partial<MetricAlarm> = {}): Watched => ({
  ...metric('AWS/ECS', MetricName, 'Store-shop-Api', 'ServiceName'),
  Statistic: 'Average',
  Period: 60,
  levels,
  ...more,
});

const cache = (MetricName: string, node: string, levels: Watched['levels']): Watched => ({
  ...metric('AWS/ElastiCache', MetricName, `cache-00${node}`, 'CacheClusterId'),
  Statistic: 'Average',
  Period: 60,
  levels,
});

const balancer = (MetricName: string, Stat: string) => ({
  Metric: metric('AWS/ApplicationELB', MetricName, 'app/shop/1', 'LoadBalancer'),
  Period: 60,
  Stat,
});

const reads = (MetricName: string) => ({
  Metric: metric('AWS/ElastiCache', MetricName, 'cache-001', 'CacheClusterId'),
  Period: 300,
  Stat: 'Sum',
});

const watched: Readonly<Record<string, Watched>> = {
  'response-time': {
    Metrics: [
      { Id: 'value', Expression: 'IF(requests >= 20, p95, 0)', ReturnData: true },
      { Id: 'p95', MetricStat: balancer('TargetResponseTime', 'p95'), ReturnData: false },
      { Id: 'requests', MetricStat: balancer('RequestCount', 'Sum'), ReturnData: false },
    ],
    levels: { warning: 0.2, critical: 0.5 },
  },
  'response-time-p99': {
    ...metric('AWS/ApplicationELB', 'TargetResponseTime', 'app/shop/1'),
    ExtendedStatistic: 'p99',
    levels: { warning: 2 },
  },
  'error-rate': {
    Metrics: [
      { Id: 'value', Expression: 'IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)', ReturnData: true },
      { Id: 'errors', MetricStat: balancer('HTTPCode_Target_5XX_Count', 'Sum'), ReturnData: false },
      { Id: 'requests', MetricStat: balancer('RequestCount', 'Sum'), ReturnData: false },
    ],
    levels: { warning: 1, critical: 5 },
  },
  'request-rate': { ...balancer('RequestCount', 'Sum').Metric, Statistic: 'Sum', Period: 60, levels: { warning: 30_000 } },
  'query-time': {
    ...metric('AWS/RDS', 'QueryDatabaseResponseLatency', 'shop-proxy', 'ProxyName'),
    Statistic: 'Average',
    Period: 60,
    levels: { warning: 100_000, critical: 500_000 },
  },
  'api-cpu': ecs('CPUUtilization', { warning: 70, critical: 90 }),
  'api-memory': ecs('MemoryUtilization', { warning: 80, critical: 90 }),
  'api-at-maximum': ecs(
    'CPUUtilization',
    { warning: 6 },
    { Statistic: 'SampleCount', ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
  ),
  'database-cpu': rds('CPUUtilization', { warning: 70, critical: 90 }),
  'database-memory': rds('FreeableMemory', { warning: 1024 ** 3, critical: 0.4 * 1024 ** 3 }, below),
  'database-connections': rds('DatabaseConnections', { warning: 259, critical: 291 }),
  'database-storage': rds('FreeStorageSpace', { critical: 10 * 1024 ** 3 }, below),
  'database-storage-days': rds('FreeStorageSpace', { warning: 30 }, below),
  'cache-cpu-1': cache('EngineCPUUtilization', '1', { warning: 70, critical: 90 }),
  'cache-cpu-2': cache('EngineCPUUtilization', '2', { warning: 70, critical: 90 }),
  'cache-memory-1': cache('DatabaseMemoryUsagePercentage', '1', { warning: 80, critical: 90 }),
  'cache-hit-rate': {
    Metrics: [
      { Id: 'value', Expression: 'IF(hits + misses >= 1000, 100 * hits / (hits + misses), 100)', ReturnData: true },
      { Id: 'hits', MetricStat: reads('CacheHits'), ReturnData: false },
      { Id: 'misses', MetricStat: reads('CacheMisses'), ReturnData: false },
    ],
    ...below,
    levels: { warning: 80 },
  },
  'queue-age-email': {
    ...metric('AWS/SQS', 'ApproximateAgeOfOldestMessage', 'shop-email', 'QueueName'),
    Statistic: 'Maximum',
    Period: 60,
    levels: { warning: 600 },
  },
  'queue-age-payments': {
    ...metric('AWS/SQS', 'ApproximateAgeOfOldestMessage', 'shop-payments', 'QueueName'),
    Statistic: 'Maximum',
    Period: 60,
    levels: { warning: 60, critical: 300 },
  },
  'replica-cpu-1': {
    ...rds('CPUUtilization', { warning: 70, critical: 90 }),
    Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'shop-replica-1' }],
  },
  'proxy-borrow-latency': {
    ...metric('AWS/RDS', 'DatabaseConnectionsBorrowLatency', 'shop-proxy', 'ProxyName'),
    levels: { warning: 100_000 },
  },
};

/** Every alarm of the store, a warning and a critical one where there are both. */
export const alarms: readonly MetricAlarm[] = Object.entries(watched).flatMap(([rule, { levels, ...alarm }]) =>
  Object.entries(levels).map(([severity, Threshold]) =>
    Object.assign({ ComparisonOperator: 'GreaterThanThreshold' as const }, alarm, {
      AlarmName: `shop-${rule}-${severity}`,
      Threshold,
    }),
  ),
);

/** Points of five minutes by the metric's name, in AWS's units; sums are of the five minutes. */
const quietValues = {
  RequestCount: 10_000,
  TargetResponseTime: 0.06,
  HTTPCode_Target_5XX_Count: 0,
  QueryDatabaseResponseLatency: 9_000,
  CPUUtilization: 20,
  'CPUUtilization SampleCount': 10,
  MemoryUtilization: 35,
  FreeableMemory: 2.4 * 1024 ** 3,
  DatabaseConnections: 40,
  FreeStorageSpace: 70 * 1024 ** 3,
  EngineCPUUtilization: 4,
  DatabaseMemoryUsagePercentage: 30,
  CacheHits: 93_000,
  CacheMisses: 7_000,
  ApproximateAgeOfOldestMessage: 2,
} as const;

/** undefined: no data on that day. */
export type Values = Readonly<Record<string, number | ((day: number) => number | undefined)>>;

/** Answers for the store; the first matching key of `values` gives a query's value: `<metric> <dimension value>`, `<metric> <stat>`, `<metric>`. */
export function shop(values: Values = {}, database: Database = medium): (request: AwsRequest) => Answer {
  const known: Values = { ...quietValues, ...values };
  return ({ action, input }) => {
    if (action === 'DescribeDBInstances') return databases(database);
    if (action === 'PutMetricData') return json({});
    if (action === 'DescribeAlarms') {
      const { AlarmNamePrefix: prefix = '' } = input as { AlarmNamePrefix?: string };
      return json({ MetricAlarms: alarms.filter(({ AlarmName }) => AlarmName?.startsWith(prefix)) });
    }
    const {
      MetricDataQueries: queries,
      StartTime,
      EndTime,
    } = input as { MetricDataQueries: MetricDataQuery[]; StartTime: number; EndTime: number };
    const timesOf = ({ MetricStat }: MetricDataQuery) => {
      const period = MetricStat?.Period ?? 300;
      return Array.from({ length: (EndTime - StartTime) / period }, (_, index) => StartTime + index * period);
    };
    return json({
      MetricDataResults: queries
        .filter(({ ReturnData }) => ReturnData !== false)
        .map((query) =>
          Object.assign(
            { Id: query.Id, StatusCode: 'Complete' },
            points(seriesOf(query, queries, known, timesOf(query)), timesOf(query)),
          ),
        ),
    });
  };
}

const medium = { class: 'db.t4g.medium', storage: 100, replicas: ['shop-replica-1'], tags: { tier: 'medium', store: 'shop' } };

type Series = readonly (number | undefined)[];

/** A value for each time; an expression is computed from the metrics that it names, as CloudWatch does. */
function seriesOf(
  { Expression: expression, MetricStat }: MetricDataQuery,
  queries: readonly MetricDataQuery[],
  values: Values,
  times: readonly number[],
): Series {
  if (expression !== undefined) {
    const named = queries.filter(({ Id }) => new RegExp(`\\b${Id}\\b`).test(expression));
    const metrics = named.map((query) => [query.Id, seriesOf(query, queries, values, times)] as const);
    return evaluateExpression(expression, Object.fromEntries(metrics), 300);
  }
  const { Metric, Stat } = MetricStat ?? {};
  const dimension = Metric?.Dimensions?.[0]?.Value;
  const keys = [`${Metric?.MetricName} ${dimension}`, `${Metric?.MetricName} ${Stat}`, `${Metric?.MetricName}`];
  const value = keys.map((key) => values[key]).find((one) => one !== undefined);
  const [from = 0] = times;
  return times.map((at) => (typeof value === 'function' ? value(Math.floor((at - from) / 86_400)) : value));
}

/** CloudWatch leaves out the times without a value. */
function points(series: Series, times: readonly number[]) {
  const known = times.flatMap((at, index) => {
    const value = series[index];
    return value === undefined ? [] : [{ at, value }];
  });
  return { Timestamps: known.map(({ at }) => at), Values: known.map(({ value }) => value) };
}
