import type { AlarmDefinition, Catalogue, Unit, Window } from '../../../alarms/definition';
import type { SizeCatalogue } from '../../../alarms/page/alarm-rows';
import { bySize, conditionText, formatValue, limitText, metricText, windowText } from '../../../alarms/page/alarm-text';
import { alarmsPage } from '../../../alarms/page/alarms-page';

describe('words', () => {
  test.each<[number, Unit, string]>([
    [70, 'Percent', '70%'],
    [0.5, 'Percent', '0.5%'],
    [0.2, 'Seconds', '200 ms'],
    [0.02, 'Seconds', '20 ms'],
    [2, 'Seconds', '2 s'],
    [150, 'Seconds', '150 s'],
    [600, 'Seconds', '10 min'],
    [18_000, 'Seconds', '5 h'],
    [100, 'Milliseconds', '100 ms'],
    [2_000, 'Milliseconds', '2 s'],
    [500_000, 'Microseconds', '500 ms'],
    [500, 'Microseconds', '0.5 ms'],
    [2_147_483_648, 'Bytes', '2 GB'],
    [107_374_182, 'Bytes', '102.4 MB'],
    [2_048, 'Bytes', '2 KB'],
    [12, 'Bytes', '12 bytes'],
    [1_000_000_000, 'Count', '1,000,000,000'],
    [57.6, 'Count', '57.6'],
    [30, 'Days', '30 days'],
    [1, 'Days', '1 day'],
    [60, 'None', '60'],
  ])('%d in %s is %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text);
  });

  test.each<[Window, string]>([
    [{ periodSeconds: 60, datapoints: 1, of: 1 }, '1 minute'],
    [{ periodSeconds: 60, datapoints: 10, of: 15 }, '10 of 15 minutes'],
    [{ periodSeconds: 300, datapoints: 1, of: 1 }, '5 minutes'],
    [{ periodSeconds: 300, datapoints: 12, of: 12 }, '12 of 12 times 5 minutes'],
    [{ periodSeconds: 21_600, datapoints: 2, of: 2 }, '2 of 2 times 6 hours'],
    [{ periodSeconds: 86_400, datapoints: 3, of: 3 }, '3 of 3 days'],
    [{ periodSeconds: 86_400, datapoints: 1, of: 1 }, '1 day'],
  ])('%j is %s', (window, text) => {
    expect(windowText(window)).toBe(text);
  });

  test.each<[AlarmDefinition['operator'], string]>([
    ['>', '> 200 ms'],
    ['>=', '≥ 200 ms'],
    ['<', '< 200 ms'],
    ['<=', '≤ 200 ms'],
  ])('a limit with %s is %s', (operator, text) => {
    expect(limitText(alarm({ operator, threshold: 0.2 }))).toBe(text);
  });

  test("a metric of the store's own is told without the store's name", () => {
    const own = {
      namespace: 'Store/shop',
      name: 'QueryTime',
      dimensions: {},
      statistic: 'Average',
      unit: 'Milliseconds',
    } as const;
    expect(metricText(own)).toBe("Average of `QueryTime`, the store's own");
    expect(metricText({ ...own, namespace: 'AWS/RDS' })).toBe('Average of `AWS/RDS QueryTime`');
  });

  test('a condition within another stands in brackets', () => {
    const condition = { allOf: [{ anyOf: [{ alarm: 'a' }, { alarm: 'b' }] }, { alarm: 'c' }] };
    expect(conditionText(condition, (id) => id.toUpperCase())).toBe('(A or B) and C');
  });

  test('what all sizes share is said once', () => {
    expect(
      bySize([
        ['small', 'the same'],
        ['large', 'the same'],
      ]),
    ).toBe('the same');
  });

  test('texts that differ in a number become one', () => {
    expect(
      bySize([
        ['small', '80% of the 81 of db.t4g.micro, roughly'],
        ['large', '80% of the 1297 of db.m8g.xlarge, roughly'],
      ]),
    ).toBe('80% of the 81 / 1297 of db.t4g.micro / db.m8g.xlarge, roughly');
  });

  test('texts that differ altogether stand behind their sizes', () => {
    expect(
      bySize([
        ['small', 'one thing'],
        ['medium', 'quite another thing'],
        ['large', 'quite another thing'],
      ]),
    ).toBe('small: one thing; medium, large: quite another thing');
  });
});

describe('the table of a part', () => {
  test('has one row a rule and level, with the limit of each size in its column', () => {
    const rows = rowsOf([
      size('small', [alarm({ threshold: 0.2 }), alarm({ threshold: 0.5, severity: 'Critical' })]),
      size('large', [alarm({ threshold: 0.1 }), alarm({ threshold: 0.5, severity: 'Critical' })]),
    ]);
    expect(rows).toEqual([
      ['[Answer](runbooks.md#answer)', 'Warning', 'ticket', measured, '1 minute', '> 200 ms', '> 100 ms', ''],
      ['[Answer](runbooks.md#answer)', 'Critical', 'ticket', measured, '1 minute', '> 500 ms', '> 500 ms', ''],
    ]);
  });

  test('shows a dash for a size without the alarm', () => {
    const [row] = rowsOf([size('small', []), size('large', [alarm({})])]);
    expect(row?.slice(5, 7)).toEqual(['–', '> 200 ms']);
  });

  test('keeps the order of the catalogue where only a larger size has an alarm', () => {
    const [first, extra, last] = [alarm({ rule: 'first' }), alarm({ rule: 'extra' }), alarm({ rule: 'last' })];
    const rows = rowsOf([size('small', [first, last]), size('large', [first, extra, last])]);
    expect(rows.map(([title]) => title)).toEqual(['first', 'extra', 'last'].map((rule) => `[Answer](runbooks.md#${rule})`));
  });

  test('folds numbered instances', () => {
    const rows = rowsOf([size('small', [alarm({ instance: '1' }), alarm({ instance: '2' })])]);
    expect(rows.map(([title, , , , , limit]) => [title, limit])).toEqual([['[Answer, each](runbooks.md#answer)', '> 200 ms']]);
  });

  test('names the instances that have limits of their own', () => {
    const queues = [alarm({ instance: 'email' }), alarm({ instance: 'texts' }), alarm({ instance: 'payments', threshold: 0.1 })];
    const [row] = rowsOf([size('small', queues)]);
    expect(row?.[0]).toBe('[Answer (email, texts, payments)](runbooks.md#answer)');
    expect(row?.[5]).toBe('email, texts > 200 ms; payments > 100 ms');
  });

  test('says which alarm above it pages as well', () => {
    const rows = rowsOf([size('small', [alarm({ notifies: 'composite' })], 'answer-warning')]);
    expect(rows[0]?.[2]).toBe('ticket; part of all-bad');
  });

  test('says that silence counts where it does', () => {
    const [row] = rowsOf([size('small', [alarm({ missing: 'breaching' })])]);
    expect(row?.[4]).toBe('1 minute; missing data counts too');
  });

  test('names the services that it rolls back', () => {
    const [row] = rowsOf([size('small', [alarm({ rollsBack: ['api', 'worker'] })])]);
    expect(row?.at(-1)).toBe('api, worker');
  });
});

test('a setting shows what it adds and takes away', () => {
  const page = alarmsPage(
    [size('small', [alarm({ rule: 'gone' })])],
    [{ settings: '`x`', ...size('small', [alarm({ rule: 'new', threshold: 2 })]) }],
  );
  expect(page).toContain('- adds [Answer](runbooks.md#new) (Warning, > 2 s, 1 minute)');
  expect(page).toContain('- removes [Answer](runbooks.md#gone) (Warning)');
});

const measured = 'p95 of `AWS/ApplicationELB TargetResponseTime`';

function alarm(fields: Partial<AlarmDefinition>): AlarmDefinition {
  const { rule = 'answer', severity = 'Warning', instance } = fields;
  return {
    id: [rule, instance, severity.toLowerCase()].filter((word) => word !== undefined).join('-'),
    rule,
    part: 'load-balancer',
    title: 'Answer',
    diagnostic: false,
    instance,
    signal: { namespace: 'AWS/ApplicationELB', name: 'TargetResponseTime', dimensions: {}, statistic: 'p95', unit: 'Seconds' },
    window: { periodSeconds: 60, datapoints: 1, of: 1 },
    operator: '>',
    threshold: 0.2,
    severity,
    notifies: 'ticket',
    rollsBack: [],
    missing: 'missing',
    harms: 'Customers wait.',
    why: 'a reason',
    ...fields,
  };
}

function size(tier: SizeCatalogue['tier'], alarms: readonly AlarmDefinition[], under?: string): SizeCatalogue {
  const composites: Catalogue['composites'] =
    under === undefined
      ? []
      : [
          {
            id: 'all-bad',
            part: 'store',
            title: 'All is bad',
            condition: { anyOf: [{ alarm: under }] },
            notifies: 'page',
            harms: 'Customers leave.',
            why: 'a reason',
          },
        ];
  return { tier, catalogue: { alarms, composites, notices: [] } };
}

/** Cells of the load balancer's table, without its heading. */
function rowsOf(sizes: readonly SizeCatalogue[]): string[][] {
  const [, section = ''] = alarmsPage(sizes).split('## Load balancer\n');
  return section
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.slice(2, -2).split(' | '));
}
