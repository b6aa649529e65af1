import { Stack } from 'aws-cdk-lib';
import { Spacer } from 'aws-cdk-lib/aws-cloudwatch';
import { catalogue } from '../../alarms/catalogue/catalogue';
import { Dashboards } from '../../alarms/dashboards';
import { type DashboardName, inputOf, ofRule, type StoreShown } from '../../alarms/dashboards/dashboard-context';
import { readAs, readingOf } from '../../alarms/dashboards/reading';
import { row, type Size, screen, widgetsOf } from '../../alarms/dashboards/rows';
import { ruleGraph } from '../../alarms/dashboards/rule-graph';
import { uniqueIds } from '../../alarms/dashboards/unique-ids';
import type { Catalogue, ResourceName } from '../../alarms/definition';
import { cpu, queryTime, responseTimeCeiling, responseTimeP95, score, targets } from '../../alarms/thresholds';
import { physicalNames } from '../../lib/config/physical-names';
import type { StoreConfig } from '../../lib/config/store-config';
import { createApp } from '../../lib/store-app';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { metricNamespace, metrics as ownMetrics } from '../../services/contract';
import { domain } from '../config/good-parts';
import { propertiesOf, remembered, template } from '../constructs/parts';
import { storeConfig } from '../support/stores';
import table from './aws-metrics.json';

/** As they are; what they are asked for is kept. */
jest.mock('../../alarms/dashboards/rule-graph', () => listened('rule-graph'));
jest.mock('../../alarms/dashboards/dashboard-context', () => listened('store-shown'));

function listened(file: string): object {
  const actual = jest.requireActual<Record<string, (...given: unknown[]) => unknown>>(`../../alarms/dashboards/${file}`);
  return Object.fromEntries(Object.entries(actual).map(([name, work]) => [name, jest.fn(work)]));
}

interface Widget {
  readonly type: 'metric' | 'alarm' | 'text';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly region?: string;
    readonly start?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly states?: readonly string[];
    readonly metrics?: readonly (readonly (string | Options)[])[];
    readonly annotations?: { readonly horizontal: readonly { readonly value: number; readonly label: string }[] };
    readonly setPeriodToTimeRange?: boolean;
  };
}

interface Options {
  readonly id?: string;
  readonly expression?: string;
  readonly label?: string;
  readonly period?: number;
  readonly stat?: string;
  readonly visible?: boolean;
}

interface Body {
  readonly widgets: readonly Widget[];
  readonly periodOverride: string;
  readonly start: string;
}

const names: Readonly<Record<DashboardName, string>> = {
  executive: 'shop-executive',
  technical: 'shop-technical',
  operations: 'shop-operations',
};
const dashboardNames = Object.keys(names) as DashboardName[];

const runbooksUrl = 'https://wiki.example.com/runbooks';

function shown(config: StoreConfig, changes: Partial<StoreShown> = {}): StoreShown {
  return {
    storeName: config.name,
    region: config.region,
    catalogue: catalogue(config),
    nameOf: (resource: ResourceName) => `aws-${resource}`,
    capacity: { mostUsers: 5_000, ordersPerMonth: 3_650 },
    budgetUsdPerMonth: config.budget.usdPerMonth,
    databaseStorageGb: config.database.storageGb,
    mostTasks: { api: config.api.maxTasks, worker: config.worker.maxTasks },
    runbooksUrl,
    dashboardNames: names,
    ...changes,
  };
}

/** Bodies of the three dashboards as CloudWatch gets them. */
function bodiesOf(store: StoreShown): Readonly<Record<DashboardName, Body>> {
  const stack = new Stack(createApp(), 'Theirs', { env: { region: store.region } });
  new Dashboards(stack, 'Dashboards', store);
  const made = propertiesOf(template(stack), 'AWS::CloudWatch::Dashboard').map(
    ({ DashboardName: name, DashboardBody: body }) => [name, JSON.parse(joined(body)) as Body] as const,
  );
  const one = (name: DashboardName) => {
    const found = made.find(([other]) => other === names[name]);
    if (!found) throw new Error(`No dashboard is called ${names[name]}`);
    return found[1];
  };
  return { executive: one('executive'), technical: one('technical'), operations: one('operations') };
}

/** A string that CloudFormation would join; references become their own names. */
function joined(body: unknown): string {
  if (typeof body === 'string') return body;
  const { 'Fn::Join': join } = body as { 'Fn::Join': [string, (string | { Ref: string })[]] };
  return join[1].map((piece) => (typeof piece === 'string' ? piece : piece.Ref)).join(join[0]);
}

const bodies = remembered((tier: TierName, settings: Readonly<Record<string, unknown>> = {}) =>
  bodiesOf(shown(storeConfig(tier, settings))),
);

const settingsOf = {
  plain: {},
  'in Ireland': { region: 'eu-west-1' },
} as const;

const everyDashboard = tierNames.flatMap((tier) =>
  Object.entries(settingsOf).flatMap(([text, settings]) =>
    dashboardNames.map((name) => [`${name} of ${tier}, ${text}`, tier, settings, name] as const),
  ),
);

const titlesOf = ({ widgets }: Body) => widgets.map(({ properties }) => properties.title ?? 'text');

function titled({ widgets }: Body, title: string): Widget['properties'] {
  const found = widgets.find(({ properties }) => properties.title === title);
  if (!found) throw new Error(`No widget is called "${title}"`);
  return found.properties;
}

const linesOf = (widget: Widget['properties']) => widget.annotations?.horizontal.map(({ value }) => value) ?? [];

/** Its last element, where CloudWatch expects them. */
function optionsOf(metric: readonly (string | Options)[]): Options {
  const last = metric.at(-1);
  return typeof last === 'object' ? last : {};
}

const expressionsOf = ({ metrics = [] }: Widget['properties']) =>
  metrics.map(optionsOf).flatMap(({ expression }) => (expression === undefined ? [] : [expression]));

/** `[namespace, name, key, value, ...]` without what follows. */
const readBy = ({ properties: { metrics = [] } }: Widget) =>
  metrics.map((metric) => metric.filter((piece) => typeof piece === 'string')).filter(([namespace]) => namespace !== undefined);

const keysOf = (dimensions: readonly string[]) => dimensions.filter((_, index) => index % 2 === 0).toSorted();

/** AWS/Billing: the CloudWatch user guide, billing-metricscollected: one total a currency, in us-east-1 alone. */
const publishedByAws: readonly { readonly namespace: string; readonly name: string; readonly dimensions: string[][] }[] = [
  ...table.metrics,
  { namespace: 'AWS/Billing', name: 'EstimatedCharges', dimensions: [['Currency']] },
];

function isPublished([namespace, name, ...dimensions]: readonly string[]): boolean {
  const keys = keysOf(dimensions).join();
  if (namespace === metricNamespace('shop')) return Object.values<string>(ownMetrics).includes(name ?? '') && keys === '';
  return publishedByAws.some(
    (known) =>
      known.namespace === namespace && known.name === name && known.dimensions.some((set) => set.toSorted().join() === keys),
  );
}

/** Published in one region for all of the world. */
const global = new Set(['AWS/Billing', 'AWS/CloudFront']);

describe.each(everyDashboard)('%s', (_, tier, settings, name) => {
  const body = bodies(tier, settings)[name];
  const { widgets } = body;

  test('fits on one screen', () => {
    expect(Math.max(...widgets.map(({ x, width }) => x + width))).toBe(screen.columns);
    expect(Math.max(...widgets.map(({ y, height }) => y + height))).toBeLessThanOrEqual(screen.rows);
  });

  test('shows each widget in a place of its own', () => {
    const places = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (__, index) => `${x + (index % width)},${y + Math.floor(index / width)}`),
    );
    expect(new Set(places).size).toBe(places.length);
  });

  test('is free of charge: it has at most 50 metrics, hidden ones too', () => {
    expect(widgets.flatMap(readBy).length).toBeLessThanOrEqual(50); // aws.amazon.com/cloudwatch/pricing
  });

  test("stays within CloudWatch's limits of a body", () => {
    // CloudWatch API reference, CloudWatch-Dashboard-Body-Structure and the user guide's quotas.
    expect(widgets.length).toBeLessThanOrEqual(500);
    for (const { properties } of widgets) {
      expect(properties.metrics?.length ?? 1).toBeLessThanOrEqual(500);
      expect(properties.alarms?.length ?? 1).toBeLessThanOrEqual(100);
    }
  });

  test('reads metrics that somebody publishes', () => {
    expect(widgets.flatMap(readBy).filter((metric) => !isPublished(metric))).toEqual([]);
  });

  test('looks for each metric in the region that has it', () => {
    const { region } = storeConfig(tier, settings);
    for (const widget of widgets.filter(({ type }) => type === 'metric')) {
      const namespaces = readBy(widget).map(([namespace = '']) => namespace);
      expect(widget.properties.region).toBe(namespaces.some((each) => global.has(each)) ? 'us-east-1' : region);
    }
  });

  test('has no expression that reads what its widget lacks', () => {
    for (const { properties } of widgets) {
      const ids = new Set(properties.metrics?.map((metric) => optionsOf(metric).id));
      const read = expressionsOf(properties).flatMap((expression) => expression.match(/\b[a-z]\w*/g) ?? []);
      expect(read.filter((id) => !ids.has(id))).toEqual([]);
    }
  });

  test('has a title over each picture, and each once', () => {
    const titles = widgets.filter(({ type }) => type !== 'text').map(({ properties }) => properties.title);
    expect(titles).not.toContain(undefined);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('keeps the periods of its metrics over any range of time, so that sums stay under their lines', () => {
    expect(body.periodOverride).toBe('inherit');
  });
});

/** A dashboard asks for its rules whether the store has them or not. */
function rulesDrawn(): ReadonlySet<string> {
  bodies('small');
  return new Set([
    ...jest.mocked(ruleGraph).mock.calls.flatMap(([, { rules }]) => Object.keys(rules)),
    ...[...jest.mocked(ofRule).mock.calls, ...jest.mocked(inputOf).mock.calls].map(([, rule]) => rule),
  ]);
}

describe('rules', () => {
  const everything = { domain: { ...domain, regionalCertificateArn: domain.cdnCertificateArn }, alarms: { diagnostics: true } };
  const rulesOf = (tier: TierName) => catalogue(storeConfig(tier, everything)).alarms.map(({ rule }) => rule);
  const known = new Set(tierNames.flatMap(rulesOf));

  const notDrawn: Readonly<Record<string, string>> = {
    'api-at-maximum': 'the most stands as a line over the tasks of the API',
    'worker-at-maximum': 'the most stands as a line over the tasks of the worker',
    'assessor-failed': 'the trend of the score has a gap',
    'balancer-certificate': 'days left are one figure a day',
    'cdn-certificate': 'days left are one figure a day',
    'cdn-errors': "the CDN's own rate is drawn from its own region, in every store",
    'cache-connections': 'far below its limit, but for the day it rings',
    'cache-evictions': 'a cause, to look at once the hit rate falls',
    'cache-host-cpu': "the engine's share of it is drawn",
    'cache-replication-lag': 'nothing but a failover reads a replica',
    'client-errors': 'a cause, to look at in the logs',
    'database-storage-days': 'the storage of 30 days is drawn, and its slope with it',
    'database-transaction-ids': 'grows over weeks',
    'most-requests-fail': 'reads what the error rate reads',
    'rejected-connections': 'zero, but for the day it rings',
    'response-time-p99': 'the percentile is drawn beside p95',
    'undelivered-pages': 'zero, but for the day it rings',
    'undelivered-tickets': 'zero, but for the day it rings',
  };

  test('a dashboard names no rule that the catalogue does not have', () => {
    expect(rulesDrawn().size).toBeGreaterThan(30);
    expect([...rulesDrawn()].filter((rule) => !known.has(rule))).toEqual([]);
  });

  test('each rule of the catalogue is on a dashboard, or is left out for a reason', () => {
    expect([...known].filter((rule) => !rulesDrawn().has(rule)).toSorted()).toEqual(Object.keys(notDrawn).toSorted());
    for (const reason of Object.values(notDrawn)) expect(reason).toMatch(/^.{15,}$/);
  });
});

const cacheNodesOf = (tier: TierName) => titled(bodies(tier).technical, 'CPU of the cache engine (%)').metrics?.length;

describe('sizes', () => {
  test.each(dashboardNames)('the %s dashboards of all sizes have their widgets in the same order', (name) => {
    const sizes = tierNames.map((tier) => titlesOf(bodies(tier)[name]));
    for (const one of sizes) {
      for (const other of sizes) {
        const shared = one.filter((title) => other.includes(title));
        expect(other.filter((title) => one.includes(title))).toEqual(shared);
      }
    }
  });

  const parts: readonly (readonly [part: string, title: RegExp, tiers: readonly TierName[]])[] = [
    ['replicas', /replicas/, ['medium', 'large', 'enterprise']],
    ['proxy', /proxy/, ['medium', 'large', 'enterprise']],
    ['firewall', /firewall/, ['medium', 'large', 'enterprise']],
    ['NAT gateways', /NAT/, ['medium', 'large', 'enterprise']],
    ['CPU credits', /credits/, ['small', 'medium']],
    ['cache', /cache/, tierNames],
    ['CDN', /CDN/, tierNames],
  ];

  test.each(parts)('the widgets of %s are there where the size has them', (_, title, tiers) => {
    const having = tierNames.filter((tier) => {
      const { technical, operations } = bodies(tier);
      return [...titlesOf(technical), ...titlesOf(operations)].some((each) => title.test(each));
    });
    expect(having).toEqual(tiers);
  });

  test('an instance more is a line more on the same graph', () => {
    expect(tierNames.map(cacheNodesOf)).toEqual([1, 2, 4, 6]);
  });
});

describe('lines', () => {
  const cases: readonly (readonly [DashboardName, title: string, lines: readonly number[]])[] = [
    [
      'technical',
      'Response time of the API (milliseconds)',
      [responseTimeP95.warning, responseTimeP95.critical, responseTimeCeiling.most],
    ],
    ['technical', 'Mean time of a query (milliseconds)', [queryTime.warning, queryTime.critical]],
    ['technical', 'CPU of the tasks (%)', [cpu.warning, cpu.critical]],
    ['technical', 'CPU of the database (%)', [cpu.warning, cpu.critical]],
    ['executive', 'Score of the store (0 to 100)', [score.green, score.plan, score.yellow]],
  ];

  describe.each(tierNames)('in %s', (tier) => {
    test.each(cases)("%s: %s has the documents' thresholds", (name, title, lines) => {
      expect(linesOf(titled(bodies(tier)[name], title)).toSorted((a, b) => a - b)).toEqual(lines.toSorted((a, b) => a - b));
    });

    test("every Warning and Critical stands at a threshold of the catalogue, in people's unit", () => {
      const gib = 1024 ** 3;
      const { alarms } = catalogue(storeConfig(tier));
      const known = new Set(
        alarms.flatMap(({ threshold }) => [threshold, threshold / 1_000, threshold / 0.001, threshold / gib]),
      );
      const { technical, operations } = bodies(tier);
      const lines = [...technical.widgets, ...operations.widgets]
        .filter(({ properties }) => !properties.title?.startsWith('Storage used'))
        .flatMap(({ properties }) => properties.annotations?.horizontal ?? [])
        .filter(({ label }) => /^(Warning|Critical)/.test(label));
      expect(lines.length).toBeGreaterThan(30);
      expect(lines.filter(({ value }) => !known.has(value))).toEqual([]);
    });

    test('used storage rings where a tenth is left', () => {
      const { storageGb } = storeConfig(tier).database;
      const used = titled(bodies(tier).technical, 'Storage used by the database, last 30 days (GiB)');
      expect(linesOf(used)).toEqual([storageGb * 0.9, storageGb]);
      expect(expressionsOf(used)).toEqual([`${storageGb} - free / ${1024 ** 3}`]);
    });

    test('tasks stand between the least and the most of the size', () => {
      const { api, worker } = storeConfig(tier);
      const { operations } = bodies(tier);
      const ofApi = linesOf(titled(operations, 'Tasks of the API; more of them during a deployment'));
      expect(ofApi).toEqual(expect.arrayContaining([api.minTasks, api.maxTasks]));
      const ofWorker = linesOf(titled(operations, 'Tasks of the worker; more of them during a deployment'));
      expect(ofWorker).toEqual([worker.minTasks, worker.maxTasks]);
    });
  });

  const converted = [
    ['Mean time of a query (milliseconds)', 'value / 1000'],
    ['Memory left in the database (GiB)', `value / ${1024 ** 3}`],
    ['Response time of the API (milliseconds)', 'value / 0.001'],
  ] as const;

  test.each(converted)('"%s" draws its series in the unit of its lines', (title, expression) => {
    expect(expressionsOf(titled(bodies('medium').technical, title))[0]).toBe(expression);
  });

  test('a threshold that changes in the catalogue moves its line', () => {
    const config = storeConfig('small');
    const usual = catalogue(config);
    const changed: Catalogue = {
      ...usual,
      alarms: usual.alarms.map((alarm) => (alarm.id === 'api-cpu-warning' ? Object.assign({}, alarm, { threshold: 42 }) : alarm)),
    };
    const { technical } = bodiesOf(shown(config, { catalogue: changed }));
    const labels = titled(technical, 'CPU of the tasks (%)').annotations?.horizontal.map(({ label }) => label);
    expect(labels).toEqual(['Warning > 42 (API)', 'Critical > 90 (API)', 'Warning > 70 (worker)']);
  });

  test('a line says whose it is where the others have another; two at one height are one', () => {
    const { operations } = bodies('small');
    const labels = (title: string) => titled(operations, title).annotations?.horizontal.map(({ label }) => label);
    expect(labels('Dead letters')).toEqual(['Warning > 0 (email, notifications, analytics), Critical > 0 (payments)']);
    expect(labels('Oldest message of a queue (seconds)')).toEqual([
      'Warning > 300 (email, notifications)',
      'Warning > 150 (payments)',
      'Critical > 600 (payments)',
    ]);
  });
});

describe.each(tierNames)('periods in %s', (tier) => {
  const periods = Map.groupBy(
    catalogue(storeConfig(tier)).alarms.flatMap(({ signal, window }) =>
      ('expression' in signal ? Object.values(signal.metrics) : [signal]).map(({ namespace, name, statistic }) => ({
        metric: `${namespace} ${name} ${statistic}`,
        period: window.periodSeconds,
      })),
    ),
    ({ metric }) => metric,
  );

  test.each(['technical', 'operations'] as const)('%s draws what alarms watch at their periods', (name) => {
    const { widgets } = bodies(tier)[name];
    const drawn = widgets
      .filter(({ properties }) => properties.start === undefined)
      .flatMap(({ properties: { metrics = [] } }) => metrics)
      .map((metric) => {
        const { stat = 'Average', period = 300 } = optionsOf(metric); // what the CDK leaves out
        const [namespace, metricName] = metric.filter((piece) => typeof piece === 'string');
        return { metric: `${namespace} ${metricName} ${stat}`, period };
      })
      .filter(({ metric }) => periods.has(metric));
    expect(drawn.length).toBeGreaterThan(10);
    expect(drawn.filter(({ metric, period }) => !periods.get(metric)?.some((each) => each.period === period))).toEqual([]);
  });
});

describe('executive', () => {
  test("users, orders and charges have the size's capacity and the store's budget as lines", () => {
    const { executive } = bodiesOf(shown(storeConfig('small', { budget: { usdPerMonth: 95 } })));
    expect(linesOf(titled(executive, 'Most users at once, each day'))).toEqual([5_000]);
    expect(linesOf(titled(executive, 'Orders a day'))).toEqual([120]); // 3,650 a month of 365 / 12 days
    expect(
      linesOf(titled(executive, 'Charges of the whole account this month (USD; empty until its billing alerts are on)')),
    ).toEqual([95]);
  });

  const figures = [
    ['Available, last 30 days', `target ${targets.availability.least} or more`],
    ['Response time p95, last 30 days', `target below ${targets.responseTimeP95.most}`],
    ['Requests that the API failed, last 30 days', `target below ${targets.errorRate.most}`],
  ] as const;

  test.each(figures)('"%s" is one figure of the month beside its target', (start, target) => {
    const found = bodies('small').executive.widgets.filter(({ properties }) => properties.title?.startsWith(start));
    expect(found.map(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        view: 'singleValue',
        title: expect.stringContaining(target),
        start: '-P30D',
        setPeriodToTimeRange: true,
      }),
    ]);
  });
});

describe('technical', () => {
  test('the response time is drawn as p50, p95 and p99', () => {
    const { metrics = [] } = titled(bodies('small').technical, 'Response time of the API (milliseconds)');
    const percentiles = metrics.map(optionsOf).flatMap(({ stat }) => (stat === undefined ? [] : [stat]));
    expect(percentiles).toEqual(['p50', 'p95', 'p99']);
  });
});

const alarmWidgets = (body: Body) => body.widgets.filter(({ type }) => type === 'alarm').map(({ properties }) => properties);
const arn = (id: string) => `arn:aws:cloudwatch:us-east-1:AWS::AccountId:alarm:${physicalNames('shop').alarm(id)}`;

const markdownOf = (body: Body) => body.widgets.map(({ properties }) => properties.markdown ?? '').join('');

describe('operations', () => {
  test.each(tierNames)('the status of %s has every alarm once, by the name that the alarm has', (tier) => {
    const { alarms, composites } = catalogue(storeConfig(tier));
    const listed = alarmWidgets(bodies(tier).operations).flatMap((widget) => widget.alarms ?? []);
    expect(listed.toSorted()).toEqual([...alarms, ...composites].map(({ id }) => arn(id)).toSorted());
  });

  test('what wakes somebody comes first and in every state, the others only while they ring', () => {
    const [first, ...others] = alarmWidgets(bodies('small').operations);
    const { alarms, composites } = catalogue(storeConfig('small'));
    const pages = alarms.filter(({ notifies }) => notifies === 'page');
    expect(first?.alarms).toEqual([...composites, ...pages].map(({ id }) => arn(id)));
    expect(first?.states).toBeUndefined();
    expect(others.map(({ states }) => states)).toEqual([['ALARM'], ['ALARM']]);
  });

  test('more alarms than a widget takes are shown in two', () => {
    const many = bodies('enterprise', { cache: { shards: 10 } }).operations;
    const sizes = alarmWidgets(many).map((widget) => widget.alarms?.length ?? 0);
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.max(...sizes)).toBe(100);
  });

  test('what waits and how long that takes are read from the same metrics', () => {
    const waiting = titled(bodies('small').operations, 'Messages that wait (left) and minutes to empty the queues (right)');
    expect(waiting.metrics?.map((metric) => optionsOf(metric).label)).toEqual([
      'email',
      'notifications',
      'payments',
      'analytics',
      'minutes',
    ]);
  });

  test('it links the runbooks, the other dashboards, the deployments and the logs', () => {
    const markdown = markdownOf(bodies('small').operations);
    for (const address of [
      `${runbooksUrl}#customers-failing`,
      `dashboards:name=${names.technical}`,
      `dashboards:name=${names.executive}`,
      'clusters/aws-cluster/services/aws-api-service/deployments?region=us-east-1',
      `logGroupNameFilter$3D${physicalNames('shop').stack}`,
    ]) {
      expect(markdown).toContain(`${address})`);
    }
  });

  test('without an address of the runbooks it names the file', () => {
    const { operations } = bodiesOf(shown(storeConfig('small'), { runbooksUrl: undefined }));
    expect(markdownOf(operations)).toContain('docs/runbooks.md');
  });
});

const empty = (size: Size) => new Spacer(size);

test.each([1, 2, 3, 5, 7])('%i widgets fill a row from edge to edge', (count) => {
  const [widgets = []] = widgetsOf([row(4, ...Array.from({ length: count }, () => empty), undefined)]);
  expect(widgets).toHaveLength(count);
  expect(widgets.reduce((sum, { width }) => sum + width, 0)).toBe(screen.columns);
});

test('a row without widgets is left out', () => {
  expect(widgetsOf([row(4, undefined)])).toEqual([]);
});

describe('a reading', () => {
  test.each([
    ['Bytes', [2 * 1024 ** 3], 'GiB', 2],
    ['Microseconds', [100_000], 'milliseconds', 100],
    ['Seconds', [0.2], 'milliseconds', 200],
    ['Seconds', [60], 'seconds', 60],
    ['Percent', [70], '%', 70],
    ['Count', [64], '', 64],
  ] as const)('of %s at a threshold of %p is in %p', (unit, thresholds, text, value) => {
    const reading = readingOf(unit, thresholds);
    expect(reading.unit).toBe(text);
    expect(thresholds[0] / reading.per).toBe(value);
  });

  test('divides a metric and an expression alike', () => {
    const metric = { namespace: 'AWS/RDS', name: 'FreeableMemory', dimensions: {}, statistic: 'Average', unit: 'Bytes' } as const;
    expect(readAs(metric, { unit: 'GiB', per: 8 })).toMatchObject({ expression: 'value / 8', metrics: { value: metric } });
    const sum = { expression: 'a + b', metrics: { a: metric, b: metric }, unit: 'Bytes' } as const;
    expect(readAs(sum, { unit: 'GiB', per: 8 })).toMatchObject({ expression: '(a + b) / 8' });
    expect(readAs(metric, { unit: '%', per: 1 })).toBe(metric);
  });
});

const hits = (node: number) =>
  ({ namespace: 'N', name: 'Hits', dimensions: { node: `${node}` }, statistic: 'Sum', unit: 'Count' }) as const;

const rate = (node: number) => ({ expression: 'IF(hits > 0, hits, 0)', metrics: { hits: hits(node) }, unit: 'None' }) as const;

describe('ids of expressions in one widget', () => {
  test('another metric of the same id gets another id, in the expression too', () => {
    const withUniqueIds = uniqueIds();
    expect([rate(1), rate(2)].map(withUniqueIds)).toEqual([
      rate(1),
      { expression: 'IF(hits2 > 0, hits2, 0)', metrics: { hits2: hits(2) }, unit: 'None' },
    ]);
  });

  test('the same metric keeps its id', () => {
    const withUniqueIds = uniqueIds();
    expect([rate(1), rate(1)].map(withUniqueIds)).toEqual([rate(1), rate(1)]);
  });
});
