import type { StoreConfig } from '../../lib/config/store-config';
import { metricNamespace, type metrics } from '../../services/contract';
import type { Metric, Unit } from '../definition';

/** A metric that the store's own code or log publishes. */
export function customMetric(
  { name }: Pick<StoreConfig, 'name'>,
  metric: (typeof metrics)[keyof typeof metrics],
  statistic: string,
  unit: Unit,
): Metric {
  return { namespace: metricNamespace(name), name: metric, dimensions: {}, statistic, unit };
}
