import { metricNamespace, type metrics } from '../../services/contract';
import type { Metric, Unit } from '../definition';

/** A metric that the store's own code or log publishes. */
export function customMetric(
  store: string,
  metric: (typeof metrics)[keyof typeof metrics],
  statistic: string,
  unit: Unit,
): Metric {
  return { namespace: metricNamespace(store), name: metric, dimensions: {}, statistic, unit };
}
