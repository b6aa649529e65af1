import { catalogue } from '../../../alarms/catalogue/catalogue';
import { targets } from '../../../alarms/thresholds';
import { physicalNames } from '../../../lib/config/physical-names';
import { type TierName, tierNames } from '../../../lib/tiers/tier';
import { storeConfig } from '../../support/stores';
import {
  type Body,
  bodies,
  bodiesOf,
  dashboardNames,
  linesOf,
  names,
  optionsOf,
  runbooksUrl,
  shown,
  titled,
  titlesOf,
} from './bodies';

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

const targetOf = (tier: TierName) => /target ([\d.]+) or more/.exec(titlesOf(bodies(tier).executive).join())?.[1];

describe('executive', () => {
  test("users, orders and charges have the size's capacity and the store's budget as lines", () => {
    const { executive } = bodiesOf(shown(storeConfig('small', { budget: { usdPerMonth: 95 } })));
    expect(linesOf(titled(executive, 'Most users at once, each day'))).toEqual([1_000]); // at once [growth-plan]; of 5,000 users in all
    expect(linesOf(titled(executive, 'Orders a day'))).toEqual([120]); // 3,650 a month of 365 / 12 days
    expect(
      linesOf(titled(executive, 'Charges of the whole account this month (USD; empty until its billing alerts are on)')),
    ).toEqual([95]);
  });

  test('the lines and the target of availability are the size’s own', () => {
    expect(tierNames.map((tier) => linesOf(titled(bodies(tier).executive, 'Most users at once, each day')))).toEqual([
      [1_000],
      [10_000],
      [100_000],
      [500_000],
    ]);
    expect(tierNames.map(targetOf)).toEqual(['99.9', '99.9', '99.99', '99.99']); // [scalability-report]: KPI, phases 2 and 3
  });

  const figures = [
    ['Available, last 30 days', 'target 99.9 or more'],
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

  test('it says what is switched off, and nothing where all is on', () => {
    const off = bodiesOf(shown(storeConfig('small'), { switchedOff: ['rate-limits', 'email'] }));
    expect(markdownOf(off.operations)).toContain('**Switched off** rate-limits, email');
    expect(markdownOf(bodies('small').operations)).not.toContain('Switched off');
  });

  test('it links the traces of a store that has them, and of no other', () => {
    const traced = markdownOf(bodies('small', { traces: {} }).operations);
    for (const page of ['traces', 'service-map'])
      expect(traced).toContain(`https://us-east-1.console.aws.amazon.com/xray/home?region=us-east-1#/${page})`);
    expect(markdownOf(bodies('small').operations)).not.toContain('xray');
  });

  test('without an address of the runbooks it names the file', () => {
    const { operations } = bodiesOf(shown(storeConfig('small'), { runbooksUrl: undefined }));
    expect(markdownOf(operations)).toContain('docs/runbooks.md');
  });
});
