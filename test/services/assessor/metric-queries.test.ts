import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { batches } from '../../../services/assessor/metric-data';
import { signalQueries } from '../../../services/assessor/metric-queries';

const dimensions = [{ Name: 'LoadBalancer', Value: 'app/shop/1' }];
const metric = (MetricName: string) => ({ Namespace: 'AWS/ApplicationELB', MetricName, Dimensions: dimensions });
const stat = (name: string, Stat: string, Period = 60) => ({ Metric: metric(name), Stat, Period });

describe('the queries for an alarm', () => {
  it('ask for its metric and statistic in points of five minutes', () => {
    const alarm = { ...metric('RequestCount'), Statistic: 'Maximum', Period: 60 } as const;

    expect(signalQueries(alarm, 's0')).toEqual({
      queries: [{ Id: 's0_m', MetricStat: { Metric: metric('RequestCount'), Period: 300, Stat: 'Maximum' }, ReturnData: true }],
      id: 's0_m',
      unitFactor: 1,
      periodsInAPoint: 1,
    });
  });

  it('ask for its percentile', () => {
    const { queries } = signalQueries({ ...metric('TargetResponseTime'), ExtendedStatistic: 'p95', Period: 60 }, 's0') ?? {};

    expect(queries).toMatchObject([{ MetricStat: { Stat: 'p95' } }]);
  });

  it('give ids of their own to metric math, and return the expression alone', () => {
    const alarm = {
      Metrics: [
        { Id: 'value', Expression: 'IF(m1 > 2, m10, FILL(m1, 0))', ReturnData: true },
        { Id: 'm1', MetricStat: stat('One', 'Average'), ReturnData: false },
        { Id: 'm10', MetricStat: stat('Ten', 'p95'), ReturnData: false },
      ],
    };

    expect(signalQueries(alarm, 's7')).toMatchObject({
      id: 's7_value',
      queries: [
        { Id: 's7_value', Expression: 'IF(s7_m1 > 2, s7_m10, FILL(s7_m1, 0))', Period: 300, ReturnData: true },
        { Id: 's7_m1', MetricStat: { Period: 300 }, ReturnData: false },
        { Id: 's7_m10', MetricStat: { Period: 300 }, ReturnData: false },
      ],
    });
  });

  it('bring sums in metric math back to the alarm’s period, so that floors mean the same', () => {
    const alarm = {
      Metrics: [
        { Id: 'rate', Expression: 'IF(requests >= 20, errors / PERIOD(errors), 0)', ReturnData: true },
        { Id: 'errors', MetricStat: stat('HTTPCode_Target_5XX_Count', 'Sum'), ReturnData: false },
        { Id: 'requests', MetricStat: stat('RequestCount', 'Sum'), ReturnData: false },
      ],
    };

    expect(signalQueries(alarm, 's0')?.queries[0]?.Expression).toBe('IF((s0_requests / 5) >= 20, (s0_errors / 5) / 60)');
  });

  it.each([
    ['IF(a >= 20, b, 0)', 'IF(s0_a >= 20, s0_b)'],
    ['IF(a + b >= 1000, 100 * a / (a + b), 100)', 'IF(s0_a + s0_b >= 1000, 100 * s0_a / (s0_a + s0_b))'],
    ['IF(a >= 20, 100 * FILL(b, 0) / a, 0)', 'IF(s0_a >= 20, 100 * FILL(s0_b, 0) / s0_a)'],
    ['IF(a >= 20, FILL(b, 0))', 'IF(s0_a >= 20, FILL(s0_b, 0))'],
    ['IF(a >= 20, b, a)', 'IF(s0_a >= 20, s0_b, s0_a)'],
    ['100 * FILL(a, 0) / b', '100 * FILL(s0_a, 0) / s0_b'],
  ])('give nothing below the floor of %s, where its alarm gives what does not ring', (expression, expected) => {
    const alarm = {
      Metrics: [
        { Id: 'value', Expression: expression, ReturnData: true },
        { Id: 'a', MetricStat: stat('RequestCount', 'Average'), ReturnData: false },
        { Id: 'b', MetricStat: stat('TargetResponseTime', 'p95'), ReturnData: false },
      ],
    };

    expect(signalQueries(alarm, 's0')?.queries[0]?.Expression).toBe(expected);
  });

  it.each([
    ['Sum', 60, 5],
    ['SampleCount', 60, 5],
    ['Sum', 300, 1],
    ['Sum', 3_600, 1 / 12],
    ['Average', 60, 1],
  ] as const)('count a %s of %i seconds as %d a point', (Statistic, Period, periods) => {
    expect(signalQueries({ ...metric('RequestCount'), Statistic, Period }, 's0')?.periodsInAPoint).toBe(periods);
  });

  it.each([
    ['TargetResponseTime', 0.2, 200],
    ['QueryDatabaseResponseLatency', 100_000, 100],
    ['QueryTime', 100, 100],
    ['FreeStorageSpace', 10 * 1024 ** 3, 10],
  ])('turn the unit of %s into the rule’s', (name, value, expected) => {
    expect(value * (signalQueries({ ...metric(name), Statistic: 'Average' }, 's0')?.unitFactor ?? 0)).toBe(expected);
  });

  it.each([
    ['neither metric nor metric math', {}],
    ['metric math that returns nothing', { Metrics: [{ Id: 'm1', MetricStat: stat('One', 'Sum'), ReturnData: false }] }],
    ['a metric without a statistic', metric('RequestCount')],
  ])('do not exist for an alarm of %s', (_, alarm) => {
    expect(signalQueries(alarm, 's0')).toBeUndefined();
  });
});

const group = (size: number): MetricDataQuery[] => Array.from({ length: size }, (_, index) => ({ Id: `m${index}` }));

describe('the calls of GetMetricData', () => {
  it.each([
    [[500], [500]],
    [[499, 1], [500]],
    [
      [499, 2],
      [499, 2],
    ],
    [
      [3, 3, 497],
      [6, 497],
    ],
    [[], []],
  ])('keep groups of %j together: %j', (groups, sizes) => {
    expect(batches(groups.map(group)).map(({ length }) => length)).toEqual(sizes);
  });
});
