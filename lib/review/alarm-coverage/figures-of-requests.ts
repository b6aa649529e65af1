import { errorRate, requestRate, responseTimeP95 } from '../../../alarms/thresholds';
import { figure } from '../text/money';
import type { AlarmReading } from './alarm-readings';
import { above, type Figure, type Figures, rising } from './figures';
import { findMetric } from './find-metric';

/** What customers experience, measured at the load balancer. */
export const figuresOfRequests: Figures = (template) =>
  template.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').length === 0
    ? []
    : [
        ...rising({ figure: 'error rate', levels: errorRate, unit: '%', firesAt: errorPercent }),
        ...rising({ figure: 'response time, p95', levels: responseTimeP95, unit: ' ms', firesAt: p95Ms }),
        busy,
      ];

const namespace = 'AWS/ApplicationELB';

/** Answers of 5xx in all requests; a bare count of them is no rate. */
function errorPercent(alarm: AlarmReading): number | undefined {
  const counted = ['HTTPCode_Target_5XX_Count', 'HTTPCode_ELB_5XX_Count'].some((name) => findMetric(alarm, { namespace, name }));
  const threshold = above(alarm);
  if (!counted || !findMetric(alarm, { namespace, name: 'RequestCount' }) || threshold === undefined) return undefined;
  return /\b100\b/.test(alarm.expression ?? '') ? threshold : threshold * 100; // without the factor it is a share of one
}

/** The load balancer measures in seconds. */
function p95Ms(alarm: AlarmReading): number | undefined {
  const threshold = above(alarm);
  if (!findMetric(alarm, { namespace, name: 'TargetResponseTime', statistic: 'p95' }) || threshold === undefined)
    return undefined;
  return threshold * 1_000;
}

/** The documents' rate is that of a medium store; each size has an alarm at the capacity of its own tasks. */
const busy: Figure = {
  figure: 'request rate',
  level: 'Warning',
  limit: `> ${figure(requestRate.warning)}/s, or the capacity of the size’s tasks`,
  source: requestRate.source,
  isWatchedBy: (alarm) =>
    alarm.expression === undefined &&
    above(alarm) !== undefined &&
    findMetric(alarm, { namespace, name: 'RequestCount', statistic: 'Sum' }) !== undefined,
};
