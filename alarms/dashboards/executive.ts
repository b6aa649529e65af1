import { Duration } from 'aws-cdk-lib';
import { Color, SingleValueWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { metrics, scoreEverySeconds } from '../../services/contract';
import { awsMetric, customMetric } from '../catalogue/rule';
import type { Signal } from '../definition';
import { score, sizeEnd, targets } from '../thresholds';
import { inputOf, ofRule, type StoreShown } from './dashboard-context';
import { graph, metricsOf } from './graph';
import { readAs, readingOf } from './reading';
import { type Panel, type Row, row } from './rows';
import { colors } from './threshold-lines';

/** Does the size still fit, what does it cost, and were customers served? */
export function executive(store: StoreShown): Row[] {
  return [
    row(7, scoreTrend(store), daysUntilEnds(store)),
    row(6, ...(store.runsStoreApi ? [users(store), orders(store)] : []), charges(store)),
    row(4, availability(store), responseTime(store), errors(store)),
  ];
}

const day = Duration.days(1).toSeconds();
const daysAMonth = 365 / 12;

function scoreTrend(store: StoreShown): Panel {
  const { signal, window } = ofRule(store, 'score');
  const { periodSeconds } = window;
  return graph(store, {
    title: 'Score of the store (0 to 100)',
    series: [
      { label: 'score', signal, periodSeconds },
      {
        label: 'share of the score that is known, %',
        signal: customMetric(store.storeName, metrics.confidence, 'Average', 'Percent'),
        periodSeconds,
      },
    ],
    lines: [
      { value: score.green, label: 'Green', color: Color.GREEN },
      { value: score.plan, label: 'Plan the next size', color: colors.Warning },
      { value: score.yellow, label: 'Red', color: colors.Critical },
    ],
    most: 100,
  });
}

function daysUntilEnds(store: StoreShown): Panel {
  const days = (name: 'DaysUntilSizeEnds' | 'DaysUntilBudgetEnds') => customMetric(store.storeName, name, 'Minimum', 'Count');
  return graph(store, {
    title: 'Days until size and budget end (forecast; empty: not known; the budget by the charges of the whole account)',
    series: [
      { label: 'size', signal: days(metrics.daysUntilSizeEnds), periodSeconds: scoreEverySeconds },
      { label: 'budget', signal: days(metrics.daysUntilBudgetEnds), periodSeconds: scoreEverySeconds },
    ],
    lines: [
      { value: sizeEnd.plan, label: `Plan the next size: ${sizeEnd.plan} days`, color: colors.Warning },
      { value: sizeEnd.due, label: `Take it: ${sizeEnd.due} days`, color: colors.Critical },
    ],
  });
}

function users(store: StoreShown): Panel {
  return graph(store, {
    title: 'Most users at once, each day',
    series: [
      {
        label: 'users',
        signal: customMetric(store.storeName, metrics.activeUsers, 'Maximum', 'Count'),
        periodSeconds: day,
      },
    ],
    lines: [capacity(store.capacity.concurrentUsers)],
  });
}

function orders(store: StoreShown): Panel {
  return graph(store, {
    title: 'Orders a day',
    series: [{ label: 'orders', signal: customMetric(store.storeName, metrics.orders, 'Sum', 'Count'), periodSeconds: day }],
    lines: [capacity(store.capacity.ordersPerMonth / daysAMonth)],
  });
}

const capacity = (value: number) => ({ value, label: 'What the size serves', color: colors.Warning });

/** AWS publishes it here alone, several times a day, once the account's preferences ask for billing alerts. */
const billingRegion = 'us-east-1';
const estimatedCharges = awsMetric('AWS/Billing', 'EstimatedCharges', 'Maximum', 'None', { Currency: 'USD' });

function charges(store: StoreShown): Panel {
  return graph(store, {
    title: 'Charges of the whole account this month (USD; empty until its billing alerts are on)',
    region: billingRegion,
    series: [
      { label: 'so far', signal: estimatedCharges, periodSeconds: day },
      {
        label: "by the month's end, at this pace",
        signal: {
          // The first two days say little, and the first still shows the charges of the month before.
          expression: `IF(DATE(charges) > 2, charges / DATE(charges) * ${daysAMonth.toFixed(1)})`,
          metrics: { charges: estimatedCharges },
          unit: 'None',
        },
        periodSeconds: day,
      },
    ],
    lines: [{ value: store.budgetUsdPerMonth, label: 'Budget', color: colors.Critical }],
  });
}

/** The load balancer counts a request only once it has a task for it: what it refuses before is added. */
function availability(store: StoreShown): Panel {
  const share: Signal = {
    // Rounded down: 100 means all.
    expression: 'FLOOR(100000 * (1 - (FILL(failed, 0) + FILL(refused, 0)) / (requests + FILL(refused, 0)))) / 1000',
    metrics: {
      failed: inputOf(store, 'error-rate', 'counted'),
      refused: inputOf(store, 'balancer-errors', 'counted'),
      requests: inputOf(store, 'error-rate', 'requests'),
    },
    unit: 'Percent',
  };
  const title = `Available, last 30 days: requests to the API not answered with 5xx (%; target ${store.availabilityPercent} or more)`;
  return ofMonth(store, title, share, { fullPrecision: true });
}

function responseTime(store: StoreShown): Panel {
  const p95 = inputOf(store, 'response-time', 'p95');
  const { most, unit } = targets.responseTimeP95;
  const reading = readingOf(p95.unit, [ofRule(store, 'response-time').threshold]);
  return ofMonth(store, `Response time p95, last 30 days (${unit}; target below ${most})`, readAs(p95, reading));
}

function errors(store: StoreShown): Panel {
  const { most } = targets.errorRate;
  return ofMonth(store, `Requests that the API failed, last 30 days (%; target below ${most})`, {
    expression: '100 * FILL(failed, 0) / requests',
    metrics: { failed: inputOf(store, 'error-rate', 'counted'), requests: inputOf(store, 'error-rate', 'requests') },
    unit: 'Percent',
  });
}

/** One figure of the last thirty days, whatever range the dashboard shows. */
function ofMonth(store: StoreShown, title: string, signal: Signal, { fullPrecision = false } = {}): Panel {
  const days = 30;
  const metric = metricsOf(store)({ label: `${days} days`, signal, periodSeconds: days * day });
  return (size) =>
    new SingleValueWidget({
      ...size,
      title,
      region: store.region,
      metrics: [metric],
      start: `-P${days}D`,
      setPeriodToTimeRange: true,
      fullPrecision,
    });
}
