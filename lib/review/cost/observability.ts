import { isList, type Json, member, type Resource } from '../template';
import { modelAssumptions } from './assumptions';
import { type Charge, monthly, used } from './charge';
import { type EntryTable, free } from './entry';

/** Metrics on a dashboard up to which it counts for the free ones. */
const mostMetricsOnFreeDashboard = 50; // aws.amazon.com/cloudwatch/pricing

/** An alarm on a band of anomaly detection watches the metric and both edges of the band. */
const metricsOfAnomalyAlarm = 3; // aws.amazon.com/cloudwatch/pricing

const daysAMonth = 365 / 12;

/** CloudWatch, budgets and what the CDK adds for itself. */
export const observability: EntryTable = {
  'AWS::Logs::LogGroup': {
    part: 'logs',
    together: (groups, { usage }) => {
      const kept = usage.logGb * modelAssumptions.storedLogShare.value * meanMonthsKept(groups);
      return [
        { ...used('logs ingested', 'logs.ingestion', usage.logGb, ['logGb']), part: 'logs', allowance: 'logs.ingestion' },
        { ...used('logs kept', 'logs.storage', kept, ['logGb', 'storedLogShare', 'keptLogMonths']), part: 'logs' },
      ];
    },
  },
  'AWS::Logs::ResourcePolicy': free('Rights are not charged'),
  'AWS::Logs::MetricFilter': {
    part: 'logs',
    each: (filter) => [
      {
        ...monthly('custom metrics', 'cloudwatch.metrics', filter.list('MetricTransformations').length),
        allowance: 'cloudwatch.metrics',
      },
    ],
  },

  'AWS::CloudWatch::Alarm': { part: 'alarms', each: alarmCharges },
  'AWS::CloudWatch::CompositeAlarm': { part: 'alarms', each: () => [monthly('composite alarm', 'cloudwatch.alarm.composite')] },
  // Target tracking makes an alarm of its own to scale out and one to scale in, charged as any other.
  'AWS::ApplicationAutoScaling::ScalingPolicy': { part: 'alarms', each: scalingCharges },
  'AWS::CloudWatch::Dashboard': {
    part: 'dashboards',
    each: (dashboard) => [
      {
        ...monthly('dashboard', 'cloudwatch.dashboard'),
        ...(metricsOn(dashboard) <= mostMetricsOnFreeDashboard && { allowance: 'cloudwatch.dashboards' as const }),
      },
    ],
  },

  'AWS::Budgets::Budget': free('A budget that only notifies is not charged'),
  'AWS::CDK::Metadata': free('A note of the CDK, no resource of AWS'),
};

/** Every metric that an alarm reads is charged, those of metric math too. */
function alarmCharges(alarm: Resource): Charge[] {
  const queries = alarm.list('Metrics');
  const metrics = alarm.text('ThresholdMetricId') ? metricsOfAnomalyAlarm : metricsRead(queries);
  const periods = [alarm.value('Period'), ...queries.map((query) => member(member(query, 'MetricStat'), 'Period'))];
  const high = periods.some((period) => period !== undefined && Number(period) < 60);
  return high
    ? [monthly('alarm, high resolution', 'cloudwatch.alarm.high', metrics)]
    : [{ ...monthly('alarm', 'cloudwatch.alarm.standard', metrics), allowance: 'cloudwatch.alarms' }];
}

function metricsRead(queries: readonly Json[]): number {
  return Math.max(1, queries.filter((query) => member(query, 'MetricStat')).length);
}

function scalingCharges(policy: Resource): Charge[] {
  const tracking = 'TargetTrackingScalingPolicyConfiguration';
  if (policy.value(tracking) === undefined) return []; // other policies act on alarms that stand in the template
  const alarms = policy.flag(`${tracking}.DisableScaleIn`) ? 1 : 2;
  const metrics = alarms * metricsRead(policy.list(`${tracking}.CustomizedMetricSpecification.Metrics`));
  return [{ ...monthly('alarms of auto scaling', 'cloudwatch.alarm.standard', metrics), allowance: 'cloudwatch.alarms' }];
}

function meanMonthsKept(groups: readonly Resource[]): number {
  const forever = modelAssumptions.keptLogMonths.value * daysAMonth;
  const days = groups.map((group) => group.number('RetentionInDays') ?? forever);
  return days.reduce((sum, value) => sum + value, 0) / days.length / daysAMonth;
}

/** Metrics in a dashboard's body, which is JSON with references in it; expressions are not counted. */
function metricsOn(dashboard: Resource): number {
  const body = dashboard.value('DashboardBody');
  const pieces = member(body, 'Fn::Join');
  const joined = isList(pieces) && isList(pieces[1]) ? pieces[1] : [body];
  try {
    return countMetrics(JSON.parse(joined.map((piece) => (typeof piece === 'string' ? piece : 'reference')).join('')) as Json);
  } catch {
    return 0; // made in a way that cannot be read here: counts for the free ones
  }
}

function countMetrics(body: Json): number {
  const widgets = member(body, 'widgets');
  if (!isList(widgets)) return 0;
  return widgets
    .map((widget) => member(member(widget, 'properties'), 'metrics'))
    .flatMap((metrics) => (isList(metrics) ? metrics : []))
    .filter((metric) => isList(metric) && typeof metric[0] === 'string').length;
}
