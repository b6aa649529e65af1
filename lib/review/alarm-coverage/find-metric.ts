import type { Resource, Template } from '../../template/template';
import type { AlarmReading, WatchedMetric } from './alarm-readings';

/** What makes a metric the one that is looked for. */
interface Wanted {
  readonly namespace: string;
  readonly name: string;
  readonly statistic?: string;
}

export function findMetric({ metrics }: AlarmReading, { namespace, name, statistic }: Wanted): WatchedMetric | undefined {
  return metrics.find(
    (metric) =>
      metric.namespace === namespace && metric.name === name && (statistic === undefined || metric.statistic === statistic),
  );
}

/**
 * Whether an alarm watches the metric of one of these resources: the dimension names them, or has the name that they are given in
 * their property of the same name.
 */
export function isOn(
  template: Template,
  alarm: AlarmReading,
  wanted: Wanted,
  dimension: string,
  resources: readonly Resource[],
): boolean {
  const value = template.resolved(findMetric(alarm, wanted)?.dimensions.get(dimension));
  const named = template.referencesIn(value);
  return resources.some(
    (resource) => named.includes(resource) || (typeof value === 'string' && resource.text(dimension) === value),
  );
}
