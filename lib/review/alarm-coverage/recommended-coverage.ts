import { excludedMetrics } from '../../../alarms/catalogue/excluded-metrics';
import { metricNamespace, metrics as ownMetrics } from '../../../services/contract';
import { recommendedAlarms } from '../../facts/recommended-alarms';
import type { Template } from '../../template/template';
import type { AlarmReading, WatchedMetric } from './alarm-readings';
import { diagnostics } from './diagnostics';
import { isPublished } from './is-published';
import type { AlarmCoverage } from './types';

/** Which of the metrics that AWS recommends an alarm for have one, of those that the template's services publish. */
export function recommendedCoverage(template: Template, alarms: readonly AlarmReading[]): AlarmCoverage['recommended'] {
  const watched = new Set(alarms.flatMap(({ metrics }) => metrics).map(published));
  const all = [...new Map(recommendedAlarms.map((alarm) => [name(alarm), alarm])).values()].filter(({ namespace, metric }) =>
    isPublished(template, namespace, metric),
  );
  const missing = all.filter((alarm) => !watched.has(name(alarm)));
  return {
    total: all.length,
    watched: all.length - missing.length,
    missing: missing.map(({ namespace, metric }) => ({ namespace, metric, reason: entryOf(namespace, metric)?.reason })),
  };
}

const name = ({ namespace, metric }: { readonly namespace: string; readonly metric: string }): string => `${namespace} ${metric}`;

/** Metrics that AWS publishes in us-east-1 only. A store in another region publishes them again under these names. */
const copies: ReadonlyMap<string, string> = new Map([
  [ownMetrics.cdnErrorRate, 'AWS/CloudFront 5xxErrorRate'],
  [ownMetrics.cdnCertificateDaysToExpiry, 'AWS/CertificateManager DaysToExpiry'],
]);

function published({ namespace, name: metric }: WatchedMetric): string {
  const copyOf = namespace.startsWith(metricNamespace('')) ? copies.get(metric) : undefined;
  return copyOf ?? `${namespace} ${metric}`;
}

function entryOf(namespace: string, metric: string): (typeof excludedMetrics)[number] | undefined {
  return [...excludedMetrics, ...diagnostics].find((entry) => entry.namespace === namespace && entry.metrics.includes(metric));
}
