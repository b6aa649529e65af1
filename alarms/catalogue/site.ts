import type { StoreConfig } from '../../lib/config/store-config';
import type { AlarmDefinition, Metric } from '../definition';
import { errorRateLevels, responseTimeLevels } from './levels';
import { aboveFloor, alarms, awsMetric, critical } from './rule';

const dimensions = { LoadBalancer: { nameOf: 'load-balancer' }, TargetGroup: { nameOf: 'site-target-group' } } as const;

const metric = (name: string, statistic: string): Metric =>
  awsMetric('AWS/ApplicationELB', name, statistic, name === 'TargetResponseTime' ? 'Seconds' : 'Count', dimensions);

const requests = metric('RequestCount', 'Sum');

const common = { part: 'site', missing: 'notBreaching' } as const;

/** The pages of a site that is rendered: the documents' thresholds of the API hold for them too. */
export function siteAlarms({ app }: StoreConfig): AlarmDefinition[] {
  if (app.site === undefined) return [];
  return [
    ...alarms({
      ...common,
      rule: 'site-response-time',
      title: 'Response time of the site, p95',
      signal: { expression: aboveFloor('p95'), metrics: { p95: metric('TargetResponseTime', 'p95'), requests }, unit: 'Seconds' },
      harms: 'Customers wait for every page; some leave before they pay.',
      levels: responseTimeLevels('site'),
    }),
    ...alarms({
      ...common,
      rule: 'site-error-rate',
      title: 'Errors of the site',
      signal: {
        expression: aboveFloor('100 * FILL(counted, 0) / requests'),
        metrics: { counted: metric('HTTPCode_Target_5XX_Count', 'Sum'), requests },
        unit: 'Percent',
      },
      window: { periodSeconds: 60, datapoints: 5, of: 6 },
      harms: 'Pages fail with 5xx.',
      levels: errorRateLevels('site'),
    }),
    ...alarms({
      rule: 'site-no-healthy-host',
      part: 'site',
      title: 'No healthy task of the site',
      signal: metric('HealthyHostCount', 'Maximum'),
      window: { periodSeconds: 60, datapoints: 2, of: 3 },
      operator: '<',
      missing: 'breaching', // no task registered, no sample
      harms: 'No one sees a page.',
      levels: [critical(1, 'no task has been healthy for two minutes', 'composite')],
    }),
  ];
}
