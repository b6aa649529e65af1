import { alarmCoverage } from '../../../lib/review/alarm-coverage/alarm-coverage';
import type { AlarmCoverage } from '../../../lib/review/alarm-coverage/types';
import { Template } from '../../../lib/template/template';

export type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;

export const coverageOf = (Resources: Resources): AlarmCoverage => alarmCoverage(new Template({ Resources }));

/** An alarm on one metric that rings above a threshold. */
export function alarm(Namespace: string, MetricName: string, Threshold: number, more: object = {}): Resources[string] {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace,
      MetricName,
      Statistic: 'Average',
      Period: 60,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold,
      ...more,
    },
  };
}

/** An alarm on an expression over metrics, `id: [namespace, name, statistic]`. */
export function mathAlarm(
  Expression: string,
  Threshold: number,
  metrics: Readonly<Record<string, readonly [namespace: string, name: string, statistic: string]>>,
  more: object = {},
): Resources[string] {
  const queries = Object.entries(metrics).map(([Id, [Namespace, MetricName, Stat]]) => ({
    Id,
    MetricStat: { Metric: { Namespace, MetricName }, Period: 60, Stat },
    ReturnData: false,
  }));
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold,
      Metrics: [{ Id: 'all', Expression, ReturnData: true }, ...queries],
      ...more,
    },
  };
}
