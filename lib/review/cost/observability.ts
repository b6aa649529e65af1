import { elements, isList, type Json, member, type Resource, type Template } from '../../template/template';
import { type Charge, monthly, used } from './charge';
import { type EntryTable, free, type Scope } from './entry';

/** Metrics up to which a dashboard can be one of the free ones. */
const mostMetricsOnFreeDashboard = 50; // aws.amazon.com/cloudwatch/pricing

/** An alarm on a band of anomaly detection watches the metric and both edges of the band. */
const metricsOfAnomalyAlarm = 3; // aws.amazon.com/cloudwatch/pricing

const daysAMonth = 365 / 12;

/** CloudWatch, budgets and what the CDK adds for itself. */
export const observability: EntryTable = {
  'AWS::Logs::LogGroup': {
    together: (groups, { usage }) => {
      const kept = usage.logGb * usage.storedLogShare * meanMonthsKept(groups, usage);
      return [
        { ...used('logs ingested', 'logs.ingestion', usage.logGb, ['logGb']), part: 'logs', allowance: 'logs.ingestion' },
        { ...used('logs kept', 'logs.storage', kept, ['logGb', 'storedLogShare', 'keptLogMonths']), part: 'logs' },
      ];
    },
  },
  'AWS::Logs::ResourcePolicy': free('Rights are not charged'),
  'AWS::Logs::MetricFilter': {
    each: (filter) => [
      {
        ...monthly('custom metrics', 'cloudwatch.metrics', filter.list('MetricTransformations').length),
        allowance: 'cloudwatch.metrics',
      },
    ],
  },

  'AWS::CloudWatch::Alarm': { together: alarmCharges },
  'AWS::CloudWatch::CompositeAlarm': { each: () => [monthly('composite alarm', 'cloudwatch.alarm.composite')] },
  // Target tracking creates its own alarms to scale out and in, billed as any other.
  'AWS::ApplicationAutoScaling::ScalingPolicy': { each: scalingCharges },
  'AWS::CloudWatch::Dashboard': {
    each: (dashboard) => [
      {
        ...monthly('dashboard', 'cloudwatch.dashboard'),
        ...(metricsOn(dashboard).length <= mostMetricsOnFreeDashboard && { allowance: 'cloudwatch.dashboards' as const }),
      },
    ],
  },

  'AWS::CE::AnomalyMonitor': free('AWS Cost Anomaly Detection is not charged'),
  'AWS::CE::AnomalySubscription': free('AWS Cost Anomaly Detection is not charged; the topic is'),
  'AWS::Budgets::Budget': free('A budget that only notifies is not charged'),
  'AWS::CDK::Metadata': free('Metadata of the CDK, not a resource of AWS'),
};

/** Every metric of an alarm is billed, also in metric math; one line for all alarms, since a store has a hundred. */
function alarmCharges(alarms: readonly Resource[], { template }: Scope): Charge[] {
  const high = alarms.filter(isHighResolution);
  const standard = alarms.filter((alarm) => !high.includes(alarm));
  return [
    {
      ...monthly(formatAlarms(standard, ''), 'cloudwatch.alarm.standard', metricsOfAll(standard)),
      allowance: 'cloudwatch.alarms',
    },
    monthly(formatAlarms(high, ' of high resolution'), 'cloudwatch.alarm.high', metricsOfAll(high)),
    { ...monthly('custom metrics of the services', 'cloudwatch.metrics', ownMetrics(template)), allowance: 'cloudwatch.metrics' },
  ];
}

const formatAlarms = (alarms: readonly Resource[], kind: string): string =>
  `${alarms.length} alarm${alarms.length === 1 ? '' : 's'}${kind}, by metric`;

function isHighResolution(alarm: Resource): boolean {
  const periods = [alarm.value('Period'), ...alarm.list('Metrics').map((query) => member(member(query, 'MetricStat'), 'Period'))];
  return periods.some((period) => period !== undefined && Number(period) < 60);
}

const metricsOfAll = (alarms: readonly Resource[]): number => alarms.reduce((total, alarm) => total + metricsOf(alarm), 0);

function metricsOf(alarm: Resource): number {
  return alarm.text('ThresholdMetricId') ? metricsOfAnomalyAlarm : metricsRead(alarm.list('Metrics'));
}

/** Metrics of alarms or dashboards that neither AWS nor a metric filter publishes: the services do, and each is billed. */
function ownMetrics(template: Template): number {
  const filtered = template
    .ofType('AWS::Logs::MetricFilter')
    .flatMap((filter) => filter.list('MetricTransformations'))
    .map((made) => [member(made, 'MetricNamespace'), member(made, 'MetricName')]);
  const read = [
    ...template.ofType('AWS::CloudWatch::Alarm').flatMap(metricsReadBy),
    ...template.ofType('AWS::CloudWatch::Dashboard').flatMap(metricsOn),
  ];
  const own = read.filter(([namespace]) => typeof namespace === 'string' && !namespace.startsWith('AWS/'));
  return new Set(own.map((name) => JSON.stringify(name))).difference(new Set(filtered.map((name) => JSON.stringify(name)))).size;
}

function metricsReadBy(alarm: Resource): MetricName[] {
  const queried = alarm.list('Metrics').map((query) => member(member(query, 'MetricStat'), 'Metric'));
  return [
    [alarm.value('Namespace'), alarm.value('MetricName')],
    ...queried.map((metric): MetricName => [member(metric, 'Namespace'), member(metric, 'MetricName')]),
  ];
}

type MetricName = readonly [namespace: Json | undefined, name: Json | undefined];

function metricsRead(queries: readonly Json[]): number {
  return Math.max(1, queries.filter((query) => member(query, 'MetricStat')).length);
}

function scalingCharges(policy: Resource): Charge[] {
  const tracking = 'TargetTrackingScalingPolicyConfiguration';
  if (policy.value(tracking) === undefined) return []; // other policies use alarms of the template
  const alarms = policy.flag(`${tracking}.DisableScaleIn`) ? 1 : 2;
  const metrics = alarms * metricsRead(policy.list(`${tracking}.CustomizedMetricSpecification.Metrics`));
  return [{ ...monthly('alarms of auto scaling', 'cloudwatch.alarm.standard', metrics), allowance: 'cloudwatch.alarms' }];
}

function meanMonthsKept(groups: readonly Resource[], { keptLogMonths }: Scope['usage']): number {
  const forever = keptLogMonths * daysAMonth;
  const days = groups.map((group) => group.number('RetentionInDays') ?? forever);
  return days.reduce((sum, value) => sum + value, 0) / days.length / daysAMonth;
}

/** Metrics in a dashboard's body, which is JSON with references in it; expressions are left out. */
function metricsOn(dashboard: Resource): MetricName[] {
  const body = dashboard.value('DashboardBody');
  const pieces = member(body, 'Fn::Join');
  const joined = isList(pieces) && isList(pieces[1]) ? pieces[1] : [body];
  try {
    return metricsIn(JSON.parse(joined.map((piece) => (typeof piece === 'string' ? piece : 'reference')).join('')) as Json);
  } catch {
    return []; // not readable: counts as a free one
  }
}

function metricsIn(body: Json): MetricName[] {
  return elements(member(body, 'widgets'))
    .flatMap((widget) => elements(member(member(widget, 'properties'), 'metrics')))
    .flatMap((metric) => (isList(metric) && typeof metric[0] === 'string' ? [[metric[0], metric[1]] as const] : []));
}
