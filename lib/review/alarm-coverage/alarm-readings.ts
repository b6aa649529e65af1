import { elements, type Json, member, type Resource, type Template } from '../../template/template';

/** What one alarm watches, and when it fires. */
export interface AlarmReading {
  readonly id: string;
  readonly metrics: readonly WatchedMetric[];
  /** Metric math over the metrics; undefined for an alarm on one metric. */
  readonly expression: string | undefined;
  readonly operator: '>' | '>=' | '<' | '<=' | undefined;
  /** In the unit that AWS publishes the metric in, or of the expression's value. */
  readonly threshold: number | undefined;
  /** false: only AWS knows some of these values. */
  readonly isComplete: boolean;
}

export interface WatchedMetric {
  readonly namespace: string;
  readonly name: string;
  /** `Average`, `Sum`, `p95`. */
  readonly statistic: string;
  readonly dimensions: ReadonlyMap<string, Json>;
}

export function alarmReadings(template: Template): readonly AlarmReading[] {
  return template.ofType('AWS::CloudWatch::Alarm').map((alarm) => {
    const { result, unknown } = alarm.read(readingOf);
    return Object.assign(result, { isComplete: unknown.length === 0 });
  });
}

const operators: Readonly<Record<string, AlarmReading['operator']>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

function readingOf(alarm: Resource): Omit<AlarmReading, 'isComplete'> {
  const queries = alarm.list('Metrics');
  const stats = queries.map((query) => member(query, 'MetricStat')).filter((stat) => stat !== undefined);
  const single = {
    Namespace: alarm.text('Namespace'),
    MetricName: alarm.text('MetricName'),
    Dimensions: alarm.value('Dimensions'),
  };
  return {
    id: alarm.id,
    metrics:
      alarm.value('Metrics') === undefined
        ? [metricOf(single, alarm.text('Statistic') ?? alarm.text('ExtendedStatistic'))]
        : stats.map((stat) => metricOf(member(stat, 'Metric'), member(stat, 'Stat'))),
    expression: queries.map((query) => member(query, 'Expression')).find((expression) => typeof expression === 'string'),
    operator: operators[alarm.text('ComparisonOperator') ?? ''],
    threshold: alarm.number('Threshold'),
  };
}

function metricOf(metric: Json, statistic: Json): WatchedMetric {
  const dimensions = elements(member(metric, 'Dimensions'));
  return {
    namespace: textOf(member(metric, 'Namespace')),
    name: textOf(member(metric, 'MetricName')),
    statistic: textOf(statistic),
    dimensions: new Map(dimensions.map((pair) => [textOf(member(pair, 'Name')), member(pair, 'Value')])),
  };
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : '');
