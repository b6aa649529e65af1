import type { StoreConfig } from '../../lib/config/store-config';
import type { AlarmDefinition, Metric, MetricMath } from '../definition';
import { errorRate, requestRate, responseTimeCeiling } from '../thresholds';
import { errorRateLevels, responseTimeLevels } from './levels';
import { aboveFloor, alarms, awsMetric, critical, formatFloor, quarterHour, warning } from './rule';
import { secondsOf, withThousands } from './units';

/** What customers get: measured in front of the API, where nothing that the API does wrong can hide it. */
export function loadBalancerAlarms(config: StoreConfig): AlarmDefinition[] {
  const requests = config.app.site ? ofApi : ofAll;
  return [...slow(requests), ...failing(requests), ...unreachable, ...busy(config)];
}

const balancerOnly = { LoadBalancer: { nameOf: 'load-balancer' } } as const;
const withTargets = { ...balancerOnly, TargetGroup: { nameOf: 'target-group' } } as const;

function metric(name: string, statistic: string, dimensions: Metric['dimensions'] = balancerOnly): Metric {
  const unit = name === 'TargetResponseTime' ? 'Seconds' : 'Count';
  return awsMetric('AWS/ApplicationELB', name, statistic, unit, dimensions);
}

const ofAll = metric('RequestCount', 'Sum');
/** Beside those of a site that is rendered. */
const ofApi = metric('RequestCount', 'Sum', withTargets);

/** Of the requests that reached a task. */
const share = (counted: Metric, requests: Metric, floor: Parameters<typeof aboveFloor>[1] = {}): MetricMath => ({
  expression: aboveFloor('100 * FILL(counted, 0) / requests', floor), // the balancer publishes no zeros
  metrics: { counted, requests },
  unit: 'Percent',
});

/** Without traffic nothing is slow, and nothing fails. */
const common = { part: 'load-balancer', missing: 'notBreaching' } as const;

/** Five of six: where errors are published a moment after requests, the newest minute reads zero. */
const fiveOfSix = { periodSeconds: 60, datapoints: 5, of: 6 } as const;

const slow = (requests: Metric): AlarmDefinition[] => [
  ...alarms({
    ...common,
    rule: 'response-time',
    title: 'Response time, p95',
    signal: {
      expression: aboveFloor('p95'),
      metrics: { p95: metric('TargetResponseTime', 'p95', withTargets), requests },
      unit: 'Seconds',
    },
    harms: 'Customers wait for every page; some leave before they pay.',
    levels: responseTimeLevels('api'),
  }),
  ...alarms({
    ...common,
    rule: 'response-time-ceiling',
    title: 'Response time, p95, at any traffic',
    signal: metric('TargetResponseTime', 'p95', withTargets),
    window: quarterHour,
    harms: 'At low traffic customers wait too long, and the alarms on the response time need more requests.',
    levels: [
      critical(
        secondsOf(responseTimeCeiling.most),
        `${responseTimeCeiling.most} ms is the ceiling of ${responseTimeCeiling.source}; fifteen minutes in a row, since one of a few requests decides`,
        'ticket',
      ),
    ],
  }),
  ...alarms({
    ...common,
    rule: 'response-time-p99',
    title: 'Response time, p99',
    signal: metric('TargetResponseTime', 'p99', withTargets),
    window: quarterHour,
    diagnostic: true,
    harms: 'One request in a hundred takes too long.',
    levels: [
      warning(
        secondsOf(responseTimeCeiling.most),
        `${responseTimeCeiling.most} ms is the ceiling of ${responseTimeCeiling.source}; fifteen minutes in a row, so that a single slow request at night raises no alarm`,
      ),
    ],
  }),
];

const failing = (requests: Metric): AlarmDefinition[] => [
  ...alarms({
    ...common,
    rule: 'error-rate',
    title: 'Errors of the API',
    signal: share(metric('HTTPCode_Target_5XX_Count', 'Sum', withTargets), requests),
    window: fiveOfSix,
    harms: 'Requests fail with 5xx, including carts, log-ins and payments.',
    levels: errorRateLevels('api'),
  }),
  ...alarms({
    ...common,
    rule: 'balancer-errors',
    title: 'Errors of the load balancer',
    signal: {
      // Requests that found no task are not in RequestCount.
      expression: aboveFloor('100 * FILL(counted, 0) / (requests + counted)', { of: 'requests + counted' }),
      metrics: { counted: metric('HTTPCode_ELB_5XX_Count', 'Sum'), requests: ofAll },
      unit: 'Percent',
    },
    window: fiveOfSix,
    harms: 'Requests fail before they reach a task.',
    levels: [critical(errorRate.critical, `${errorRate.critical}% ${errorRate.source}; ${formatFloor}`, 'composite', ['api'])],
  }),
  ...alarms({
    ...common,
    rule: 'most-requests-fail',
    title: 'Most requests fail at low traffic',
    signal: share(metric('HTTPCode_Target_5XX_Count', 'Sum', withTargets), requests, { least: 10 }),
    window: { periodSeconds: 300, datapoints: 3, of: 4 },
    harms: 'At low traffic most customers get an error, and the alarms on rates need more requests.',
    levels: [critical(50, 'half of ten requests or more in five minutes, three times: an assumption', 'composite')],
  }),
  ...alarms({
    ...common,
    rule: 'client-errors',
    title: 'Surge of 4xx',
    signal: share(metric('HTTPCode_Target_4XX_Count', 'Sum', withTargets), requests),
    window: { periodSeconds: 60, datapoints: 15, of: 16 },
    diagnostic: true,
    harms: 'Requests are rejected: a broken storefront, expired sessions, or password guessing.',
    levels: [warning(25, `an assumption: a storefront that works has a few percent; ${formatFloor}`)],
  }),
];

const unreachable = [
  ...alarms({
    rule: 'unhealthy-hosts',
    part: 'load-balancer',
    title: 'Unhealthy tasks of the API',
    signal: metric('UnHealthyHostCount', 'Maximum', withTargets),
    window: { periodSeconds: 60, datapoints: 10, of: 15 },
    operator: '>=',
    harms: 'The other tasks take more load; at the minimum of two there is no spare zone left.',
    levels: [warning(1, 'ten minutes of fifteen: a deployment or a replaced task takes less')],
  }),
  ...alarms({
    rule: 'no-healthy-host',
    part: 'load-balancer',
    title: 'No healthy task of the API',
    signal: metric('HealthyHostCount', 'Maximum', withTargets),
    window: { periodSeconds: 60, datapoints: 2, of: 3 },
    operator: '<',
    missing: 'breaching', // no task registered, no sample
    harms: 'No one can buy: every request to the API fails.',
    levels: [critical(1, 'no task has been healthy for two minutes', 'composite')],
  }),
  ...alarms({
    ...common,
    rule: 'rejected-connections',
    title: 'Connections rejected by the load balancer',
    signal: metric('RejectedConnectionCount', 'Sum'),
    window: { periodSeconds: 60, datapoints: 3, of: 5 },
    diagnostic: true, // a balancer of this kind is seldom full before the tasks are
    harms: 'Customers cannot connect.',
    levels: [critical(0, 'a load balancer that scales rejects no connections', 'composite')],
  }),
];

function busy({ api, app }: StoreConfig): AlarmDefinition[] {
  const carried = api.maxTasks * api.requestsPerMinutePerTask;
  return alarms({
    ...common,
    rule: 'request-rate',
    title: 'Requests a minute',
    signal: app.site ? ofApi : ofAll,
    harms: 'No impact yet; with more traffic customers wait.',
    levels: [
      warning(
        carried,
        `what ${api.maxTasks} tasks, the maximum, handle at ${withThousands(api.requestsPerMinutePerTask)} requests a minute each; ` +
          `the documents' ${requestRate.warning}/s ${requestRate.source} are what six tasks of one vCPU handle`,
      ),
    ],
  });
}
