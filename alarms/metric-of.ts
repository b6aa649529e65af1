import type { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Metric, ResourceName, Signal } from './definition';

export interface MetricOptions {
  readonly period: Duration;
  /** Name that AWS gives a resource of the stack. */
  readonly nameOf: (resource: ResourceName) => string;
  /** As a graph shows it. */
  readonly label?: string;
}

/** The CDK's metric of a signal. No unit goes along: CloudWatch would look for data of that very unit and, in doubt, find none. */
export function metricOf(signal: Signal, options: MetricOptions): cloudwatch.Metric | cloudwatch.MathExpression {
  if (!('expression' in signal)) return one(signal, options);
  const { period, label } = options;
  return new cloudwatch.MathExpression({
    expression: signal.expression,
    usingMetrics: Object.fromEntries(
      Object.entries(signal.metrics).map(([id, metric]) => [id, one(metric, { period, nameOf: options.nameOf })]),
    ),
    period,
    ...(label !== undefined && { label }),
  });
}

function one({ namespace, name, dimensions, statistic }: Metric, { period, nameOf, label }: MetricOptions): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace,
    metricName: name,
    dimensionsMap: Object.fromEntries(
      Object.entries(dimensions).map(([key, value]) => [key, typeof value === 'string' ? value : nameOf(value.nameOf)]),
    ),
    statistic,
    period,
    ...(label !== undefined && { label }),
  });
}
