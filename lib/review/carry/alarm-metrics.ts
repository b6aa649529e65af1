import { priceTiers } from '../../facts/prices';
import { elements, type Json, member, type Resource, type Template } from '../../template/template';

/** USD a month of the metrics that alarms watch of some resources, by a dimension such as `CacheClusterId`. */
export function alarmsUsd(template: Template, region: string, dimension: string, resources: readonly Resource[]): number {
  const [price] = priceTiers('cloudwatch.alarm.standard', region);
  const ids = new Set(resources.map(({ id }) => id));
  const watched = template
    .ofType('AWS::CloudWatch::Alarm')
    .flatMap(dimensionsOf)
    .filter((dimensions) =>
      dimensions.some(
        (one) => member(one, 'Name') === dimension && template.referencesIn(member(one, 'Value')).some(({ id }) => ids.has(id)),
      ),
    );
  return watched.length * (price?.usd ?? Number.NaN);
}

/** Of each metric of an alarm. */
function dimensionsOf(alarm: Resource): readonly (readonly Json[])[] {
  const metrics = alarm.list('Metrics').map((query) => member(member(member(query, 'MetricStat'), 'Metric'), 'Dimensions'));
  return [alarm.list('Dimensions'), ...metrics.map(elements)];
}
