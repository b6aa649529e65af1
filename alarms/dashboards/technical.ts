import { Color } from 'aws-cdk-lib/aws-cloudwatch';
import { bytesOfGiB } from '../catalogue/units';
import { responseTimeCeiling } from '../thresholds';
import { inputOf, ofRule, type StoreShown } from './dashboard-context';
import { graph } from './graph';
import { readAs, readingOf, titleWith } from './reading';
import { type Panel, type Row, row } from './rows';
import { ruleGraph } from './rule-graph';
import { levelLine, thresholdLines } from './threshold-lines';

const height = 4;

/** How fast, how full: what customers get first, then a row a part. */
export function technical(store: StoreShown): Row[] {
  const of = (title: string, rules: Readonly<Record<string, string>>) => ruleGraph(store, { title, rules });
  return [
    row(
      height,
      responseTimes(store),
      of('Response time of the site, p95', { 'site-response-time': 'p95' }),
      of('Requests that fail with 5xx', { 'error-rate': 'API', 'site-error-rate': 'site', 'balancer-errors': 'load balancer' }),
      of('Requests a minute', { 'request-rate': 'requests' }),
    ),
    row(
      height,
      of('CPU of the tasks', { 'api-cpu': 'API', 'worker-cpu': 'worker', 'site-cpu': 'site' }),
      of('Memory of the tasks', { 'api-memory': 'API', 'worker-memory': 'worker', 'site-memory': 'site' }),
      of('Mean time of a query', { 'query-time': 'query' }),
      of('Slow queries a minute', { 'slow-queries': 'queries' }),
    ),
    row(
      height,
      of('CPU of the database', { 'database-cpu': 'primary', 'replica-cpu': 'replica' }),
      of('Connections of the database', { 'database-connections': 'primary', 'replica-connections': 'replica' }),
      of('Memory left in the database', { 'database-memory': 'primary', 'replica-memory': 'replica' }),
      of('CPU credits left in the database', { 'database-credits': 'credits' }),
      of('Active sessions in the database', { 'database-load': 'sessions' }),
    ),
    row(
      height,
      growth(store),
      of('Disk latency of the database', { 'database-read-latency': 'read', 'database-write-latency': 'write' }),
      of('Disk bursts left in the database', {
        'database-disk-throughput': 'bandwidth',
        'database-disk-operations': 'operations',
      }),
      of('Lag of the replicas', { 'replica-lag': 'replica' }),
    ),
    row(
      height,
      of('Wait for a connection of the proxy', { 'proxy-borrow-latency': 'wait' }),
      of('Connections of the proxy', { 'proxy-connections': 'connections' }),
      of('Pinned sessions of the proxy', { 'proxy-pinned-sessions': 'sessions' }),
    ),
    row(
      height,
      of('CPU of the cache engine', { 'cache-cpu': 'node' }),
      of('Memory of the cache', { 'cache-memory': 'node' }),
      of('CPU credits left in the cache', { 'cache-credits': 'node' }),
      of('Reads without the cache, a minute', { 'cache-fallback': 'reads' }),
    ),
    row(
      height,
      of('CPU of the engine of the job cache', { 'jobs-cache-cpu': 'node' }),
      of('Memory of the job cache', { 'jobs-cache-memory': 'node' }),
      of('CPU credits left in the job cache', { 'jobs-cache-credits': 'node' }),
      of('Connections of the job cache', { 'jobs-cache-connections': 'node' }),
    ),
  ];
}

/** Percentiles as they are, without the alarms' floor of traffic. */
function responseTimes(store: StoreShown): Panel {
  const definitions = store.catalogue.alarms.filter(({ rule }) => rule === 'response-time');
  const { window } = ofRule(store, 'response-time');
  const p95 = inputOf(store, 'response-time', 'p95');
  const thresholds = definitions.map(({ threshold }) => threshold);
  const reading = readingOf(p95.unit, thresholds);
  return graph(store, {
    title: titleWith('Response time of the API', reading),
    series: ['p50', 'p95', 'p99'].map((statistic) => ({
      label: statistic,
      signal: readAs({ ...p95, statistic }, reading),
      periodSeconds: window.periodSeconds,
    })),
    lines: [
      ...thresholdLines(definitions, reading, () => 'p95'),
      { value: responseTimeCeiling.most, label: 'Ceiling', color: Color.GREY },
    ],
  });
}

/** Used = allocated - free; the alarm on what is left becomes one on what is used. */
function growth(store: StoreShown): Panel {
  const allocated = store.databaseStorageGb;
  const { signal, severity, threshold } = ofRule(store, 'database-storage');
  if ('expression' in signal) throw new Error('The free storage is a metric');
  const most = allocated - threshold / bytesOfGiB(1);
  return graph(store, {
    title: 'Storage used by the database, last 30 days (GiB)',
    series: [
      {
        label: 'used',
        signal: { expression: `${allocated} - free / ${bytesOfGiB(1)}`, metrics: { free: signal }, unit: 'None' },
        periodSeconds: 3_600,
      },
    ],
    lines: [levelLine({ severity, operator: '>' }, most), { value: allocated, label: 'Allocated', color: Color.GREY }],
    start: '-P30D',
  });
}
