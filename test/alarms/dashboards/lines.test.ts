import { catalogue } from '../../../alarms/catalogue/catalogue';
import type { DashboardName } from '../../../alarms/dashboards/dashboard-context';
import type { Catalogue } from '../../../alarms/definition';
import { cpu, queryTime, responseTimeCeiling, responseTimeP95, score, sizeEnd } from '../../../alarms/thresholds';
import { tierNames } from '../../../lib/tiers/tier';
import { storeConfig } from '../../support/stores';
import { bodies, bodiesOf, expressionsOf, linesOf, optionsOf, shown, titled } from './bodies';

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
    [
      'executive',
      'Days until size and budget end (forecast; empty: not known; the budget by the charges of the whole account)',
      [sizeEnd.due, sizeEnd.plan],
    ],
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
