import { Color } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { edgeRegion } from '../../lib/facts/regions';
import { type QueueName, queueNames, queues } from '../../services/contract';
import { ofCdn } from '../catalogue/edge';
import type { ServiceName } from '../definition';
import { errorRate } from '../thresholds';
import { alarmStatus } from './alarm-status';
import { inputOf, ofRule, type StoreShown } from './dashboard-context';
import { graph } from './graph';
import { links } from './links';
import { type Panel, type Row, row } from './rows';
import { ruleGraph } from './rule-graph';
import { levelLine } from './threshold-lines';

const height = 4;

/** What rings, then a row a part: what customers meet, tasks, database, cache, queues. */
export function operations(scope: Construct, store: StoreShown): Row[] {
  const of = (title: string, rules: Readonly<Record<string, string>>) => ruleGraph(store, { title, rules });
  return [
    row(5, ...alarmStatus(scope, store), links(store)),
    row(
      height,
      of('Orders that went wrong, a minute', {
        'payments-failed': 'payments failed',
        'orders-oversold': 'oversold',
        'refunds-failed': 'refunds failed',
        'disputes-opened': 'disputes',
      }),
      of('Requests that fail with 5xx', { 'error-rate': 'API', 'site-error-rate': 'site', 'balancer-errors': 'load balancer' }),
      cdn(store),
      of('Requests that the firewall blocked, in 5 minutes', { 'firewall-blocks': 'blocked' }),
    ),
    row(
      height,
      runningTasks(store, 'api', 'Tasks of the API; more of them during a deployment', { 'no-healthy-host': 'healthy' }),
      of('Unhealthy tasks of the API', { 'unhealthy-hosts': 'unhealthy' }),
      runningTasks(store, 'worker', 'Tasks of the worker; more of them during a deployment'),
      runningTasks(store, 'site', 'Tasks of the site; more of them during a deployment'),
      of('Connections that a NAT gateway had no port for, a minute', { 'nat-ports': 'gateway' }),
    ),
    row(
      height,
      of('CPU of the database', { 'database-cpu': 'primary', 'replica-cpu': 'replica' }),
      of('Storage left in the database', { 'database-storage': 'free' }),
      of('Lag of the replicas', { 'replica-lag': 'replica' }),
      of('Wait for a connection of the proxy', { 'proxy-borrow-latency': 'wait' }),
    ),
    row(
      3,
      of('Hit rate of the cache', { 'cache-hit-rate': 'node' }),
      of('Reads without the cache, a minute', { 'cache-fallback': 'reads' }),
    ),
    row(
      height,
      ages(store, 'Oldest message of a queue', isQuick),
      ages(store, 'Oldest message of a queue that may wait', (queue) => !isQuick(queue)),
      waiting(store),
      of('Dead letters', { 'dead-letters': '' }),
    ),
  ];
}

/** CloudFront publishes in one region; a graph may look there from anywhere. */
function cdn(store: StoreShown): Panel {
  const periodSeconds = 60;
  return graph(store, {
    title: 'Errors at the CDN (%, left) and requests a minute (right)',
    region: edgeRegion,
    series: [{ label: '5xx', signal: ofCdn('5xxErrorRate', 'Average', 'Percent'), periodSeconds }],
    lines: [levelLine({ severity: 'Critical', operator: '>' }, errorRate.critical)],
    right: { series: [{ label: 'requests', signal: ofCdn('Requests', 'Sum', 'None'), periodSeconds }] },
  });
}

/** The least is the alarm's threshold; the most is the size's, since not every size has an alarm on it. */
function runningTasks(
  store: StoreShown,
  service: ServiceName,
  title: string,
  more: Readonly<Record<string, string>> = {},
): Panel | undefined {
  const most = store.mostTasks[service];
  return ruleGraph(store, {
    title,
    rules: { [`${service}-tasks-missing`]: 'running', ...more },
    lines: most === undefined ? [] : [{ value: most, label: 'Most', color: Color.GREY }],
  });
}

/** On one axis with a queue that may wait for an hour, those of minutes would not be seen. */
const isQuick = (queue: QueueName): boolean => queues[queue].acceptableDelaySeconds < 3_600;

function ages(store: StoreShown, title: string, which: (queue: QueueName) => boolean): Panel | undefined {
  const names: ReadonlySet<string | undefined> = new Set(queueNames.filter(which));
  return ruleGraph(store, {
    title,
    rules: { 'queue-age': '' },
    instances: (instance) => names.has(instance),
  });
}

function waiting(store: StoreShown): Panel | undefined {
  if (!store.catalogue.alarms.some(({ rule }) => rule === 'queue-drain')) return undefined; // nobody uses queues
  const drain = ofRule(store, 'queue-drain');
  const { signal, threshold } = drain;
  const { periodSeconds } = drain.window;
  return graph(store, {
    title: 'Messages that wait (left) and minutes to empty the queues (right)',
    series: queueNames.map((queue) => ({ label: queue, signal: inputOf(store, 'queue-drain', queue), periodSeconds })),
    right: {
      series: [{ label: 'minutes', signal, periodSeconds }],
      lines: [levelLine(drain, threshold)],
    },
  });
}
