import { isList, type Json, member, type Resource, type Template } from '../../template/template';

/** What one alarm watches, and when it rings. */
export interface AlarmReading {
  readonly id: string;
  readonly metrics: readonly WatchedMetric[];
  /** Metric math over the metrics; undefined for an alarm on one metric. */
  readonly expression: string | undefined;
  readonly operator: '>' | '>=' | '<' | '<=' | undefined;
  /** In the unit that AWS publishes the metric in, or of the expression's value. */
  readonly threshold: number | undefined;
}

export interface WatchedMetric {
  readonly namespace: string;
  readonly name: string;
  /** `Average`, `Sum`, `p95`. */
  readonly statistic: string;
  readonly periodSeconds: number;
  readonly dimensions: ReadonlyMap<string, Json>;
}

export function alarmReadings(template: Template): readonly AlarmReading[] {
  return template.ofType('AWS::CloudWatch::Alarm').map((alarm) => ({
    id: alarm.id,
    metrics: alarm.value('Metrics') === undefined ? [ofAlarm(alarm)] : alarm.list('Metrics').flatMap(ofQuery),
    expression: alarm
      .list('Metrics')
      .map(expressionOf)
      .find((expression) => expression !== undefined),
    operator: operators[alarm.text('ComparisonOperator') ?? ''],
    threshold: alarm.number('Threshold'),
  }));
}

const operators: Readonly<Record<string, AlarmReading['operator']>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

function ofAlarm(alarm: Resource): WatchedMetric {
  return {
    namespace: alarm.text('Namespace') ?? '',
    name: alarm.text('MetricName') ?? '',
    statistic: alarm.text('Statistic') ?? alarm.text('ExtendedStatistic') ?? '',
    periodSeconds: alarm.number('Period') ?? minute,
    dimensions: dimensionsOf(alarm.value('Dimensions')),
  };
}

/** CloudWatch's shortest period of the metrics that AWS publishes. */
const minute = 60;

function ofQuery(query: Json): WatchedMetric[] {
  const stat = member(query, 'MetricStat');
  if (stat === undefined) return [];
  const metric = member(stat, 'Metric');
  return [
    {
      namespace: textOf(member(metric, 'Namespace')),
      name: textOf(member(metric, 'MetricName')),
      statistic: textOf(member(stat, 'Stat')),
      periodSeconds: Number(textOf(member(stat, 'Period'))) || minute,
      dimensions: dimensionsOf(member(metric, 'Dimensions')),
    },
  ];
}

function dimensionsOf(dimensions: Json): ReadonlyMap<string, Json> {
  const pairs = isList(dimensions) ? dimensions : [];
  return new Map(pairs.map((pair) => [textOf(member(pair, 'Name')), member(pair, 'Value')]));
}

function expressionOf(query: Json): string | undefined {
  const expression = member(query, 'Expression');
  return typeof expression === 'string' ? expression : undefined;
}

function textOf(value: Json): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
