import { alarmState, evaluationRange, type Verdict } from './evaluator/alarm-state';
import { alarmStates } from './evaluator/evaluate-alarm';
import { evaluateExpression } from './evaluator/expression';
import { datapoints } from './evaluator/statistic';
import type { TimeSeries } from './evaluator/time-series';

/** `0 - X` as the user guide draws it: within, missing, breaching; the latest on the right. */
function verdicts(drawn: string): Verdict[] {
  const meaning: Record<string, Verdict> = { '0': 'within', '-': 'missing', X: 'breaching' };
  return drawn.split(' ').map((point) => meaning[point] ?? 'missing');
}

/** `retain`: whatever the state was. */
type Expected = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | 'retain';

describe('the tables of "Configuring how CloudWatch alarms treat missing data"', () => {
  test.each<[number, string, Expected, Expected, Expected, Expected]>([
    // datapoints to alarm (of 3), drawn, missing, ignore, breaching, notBreaching
    [3, '0 - X - X', 'OK', 'OK', 'OK', 'OK'],
    [3, '0 - - - -', 'OK', 'OK', 'OK', 'OK'],
    [3, '- - - - -', 'INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK'],
    [3, '0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [3, '- - X - -', 'ALARM', 'retain', 'ALARM', 'OK'],
    [2, '0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [2, '0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [2, '0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
    [2, '- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
    [2, '- - - X -', 'ALARM', 'retain', 'ALARM', 'OK'],
  ])('%i of 3, %s: missing %s, ignore %s, breaching %s, notBreaching %s', (m, drawn, ...expected) => {
    const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
    for (const before of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const) {
      const got = treatments.map((missing) => alarmState(verdicts(drawn), { datapoints: m, of: 3 }, missing, before));
      expect(got).toEqual(expected.map((state) => (state === 'retain' ? before : state)));
    }
  });

  test.each(['- - - - X', '- - - X -'])('%s does not yet raise an alarm of 3 datapoints', (drawn) => {
    for (const before of ['OK', 'INSUFFICIENT_DATA'] as const) {
      expect(alarmState(verdicts(drawn), { datapoints: 3, of: 3 }, 'missing', before)).toBe(before);
    }
  });

  test('the range of an alarm of 3 is 5', () => {
    expect(evaluationRange(3)).toBe(5);
  });
});

describe('the statistic of a period', () => {
  const twoMinutes = [[1, 2, 3], [10]];

  test.each([
    ['Average', 4],
    ['Sum', 16],
    ['Minimum', 1],
    ['Maximum', 10],
    ['SampleCount', 4],
    ['p50', 2],
    ['p95', 10],
    ['p0', 1],
  ])('%s takes in every sample of the period', (statistic, value) => {
    expect(datapoints(twoMinutes, statistic, 120)).toEqual([value]);
  });

  test('is one a whole period, and none where nothing was published', () => {
    expect(datapoints([[1], [], [5], [7], [9]], 'Sum', 60)).toEqual([1, undefined, 5, 7, 9]);
    expect(datapoints([[1], [], [], [], [9]], 'Sum', 120)).toEqual([1, undefined]);
  });

  test.each(['average', 'p100', 'p', 'tm99'])('%s is refused', (statistic) => {
    expect(() => datapoints([[1]], statistic, 60)).toThrow(`"${statistic}" is not a statistic`);
  });
});

const none = undefined;

const calculated = (expression: string, metrics: Record<string, TimeSeries>) => evaluateExpression(expression, metrics, 60);
const used = (expression: string, metrics: Record<string, TimeSeries>) =>
  Object.fromEntries(Object.entries(metrics).filter(([name]) => expression.includes(name)));

describe('metric math', () => {
  test.each<[string, Record<string, TimeSeries>, TimeSeries]>([
    ['1 + 2 * a', { a: [1, 5] }, [3, 11]],
    ['(1 + 2) * a', { a: [1, 5] }, [3, 15]],
    ['10 - a - 2', { a: [1] }, [7]],
    ['-a / 4', { a: [2] }, [-0.5]],
    ['2 * -a', { a: [3] }, [-6]],
    ['a / b', { a: [6, 6], b: [3, 0] }, [2, none]],
    ['a >= 2 && b > 1 || a == 9', { a: [1, 2, 9], b: [2, 2, 0] }, [0, 1, 1]],
    ['a < 2 OR b != 3 AND a <= 5', { a: [1, 2, 9], b: [3, 4, 4] }, [1, 1, 0]],
    ['a / PERIOD(a)', { a: [30, 90] }, [0.5, 1.5]],
    ['ABS(a)', { a: [-2, none, 3] }, [2, none, 3]],
    ['DIFF(a)', { a: [5, 7, none, 3] }, [none, 2, none, -4]],
    ['RATE(a)', { a: [0, 120, none, 0] }, [none, 2, none, -1]],
    ['FILL(a, 0)', { a: [1, none] }, [1, 0]],
    ['FILL(a, -1)', { a: [1, none] }, [1, -1]],
    ['SUM([a, b])', { a: [1, none, none], b: [2, 4, none] }, [3, 4, none]],
    ['AVG([a, b])', { a: [1, none, none], b: [2, 4, none] }, [1.5, 2, none]],
    ['MIN([a, b])', { a: [1, none], b: [2, 4] }, [1, 4]],
    ['MAX([a, b, a + b])', { a: [1, none], b: [2, 4] }, [3, 4]],
  ])('%s', (expression, metrics, expected) => {
    expect(calculated(expression, metrics)).toEqual(expected);
  });

  // The guide's examples of "Comparison and logical operators".
  test.each<[string, TimeSeries]>([
    ['first < second', [0, 0, 1, 0]],
    ['first >= 30', [1, 0, 0, 0]],
    ['first > 15 AND second > 15', [1, 0, 0, 0]],
  ])('a missing point counts as zero beside one that exists: %s', (expression, expected) => {
    expect(calculated(expression, used(expression, { first: [30, 20, 0, 0], second: [20, none, 20, none] }))).toEqual(expected);
  });

  test('beside a number a missing point stays missing', () => {
    expect(calculated('5 * a + 1', { a: [none, 2] })).toEqual([none, 11]);
    expect(calculated('a + b', { a: [none], b: [none] })).toEqual([none]);
  });

  // The guide's examples of "Using IF expressions".
  test.each<[string, TimeSeries]>([
    ['IF(one, two, three)', [30, 0, 20, none, none]],
    ['IF(one, 5, three)', [5, 5, 20, none, none]],
    ['IF(one, two, 5)', [30, 0, 5, 5, none]],
    ['IF(one, two)', [30, 0, none, none, none]],
  ])('%s chooses for each point, and drops what has none', (expression, expected) => {
    const metrics = { one: [1, 1, 0, 0, none], two: [30, none, 0, 0, 30], three: [0, 0, 20, none, 20] };
    expect(calculated(expression, used(expression, metrics))).toEqual(expected);
  });

  test('IF takes numbers for both values', () => {
    expect(calculated('IF(a > 1, 10, 2)', { a: [1, 2, none] })).toEqual([2, 10, none]);
  });

  test.each([
    ['a +', 'it ends too early'],
    ['(a', 'it ends too early'],
    ['a b', 'nothing should follow'],
    ['a + $', '"$" is not one of its metrics: a'],
    ['a + B', '"B" is not one of its metrics: a'],
    ['TREND(a)', 'TREND is unknown'],
    ['SUM(a)', 'SUM is unknown, or of no use in an alarm'], // a number that depends on the datapoints that happen to be fetched
    ['DIFF([a])', 'DIFF[] is unknown'],
    ['FILL(a, REPEAT)', '"REPEAT" is not one of its metrics'],
    ['FILL(a)', 'FILL takes 2 arguments, not 1'],
    ['FILL(a, a)', 'a number was expected, got a series'],
    ['IF(a, a, a, a)', 'IF takes 2 or 3 arguments, not 4'],
    ['a + ABS(5)', 'a time series was expected, got 5'],
    ['IF(1, a, 0)', 'a time series was expected, got 1'],
    ['PERIOD(a)', 'is a number, not a time series'],
    ['PERIOD(a + 1)', '")" was expected, got "+"'],
    ['a + 1 / 0', 'divided by zero'],
  ])('%s is refused', (expression, why) => {
    expect(() => calculated(expression, { a: [1] })).toThrow(why);
  });

  test('a metric that the expression does not use, or that begins with a capital, is refused', () => {
    expect(() => calculated('a', { a: [1], b: [1] })).toThrow('"b" is not in "a"');
    expect(() => calculated('A', { A: [1] })).toThrow('a lower-case letter first');
  });
});

describe('an alarm', () => {
  const requests = {
    namespace: 'AWS/ApplicationELB',
    name: 'RequestCount',
    dimensions: {},
    statistic: 'Sum',
    unit: 'Count',
  } as const;
  const alarm = {
    signal: requests,
    window: { periodSeconds: 60, datapoints: 2, of: 3 },
    operator: '>',
    threshold: 5,
    missing: 'missing',
  } as const;
  const quiet = [[1], [1], [1], [1]];

  test.each([
    ['>', [6, 6], 'ALARM'],
    ['>', [5, 5], 'OK'],
    ['>=', [5, 5], 'ALARM'],
    ['<', [5, 5], 'OK'],
    ['<=', [5, 5], 'ALARM'],
  ] as const)('compares with %s', (operator, [first, second], expected) => {
    const states = alarmStates({ ...alarm, operator }, () => [[7], [7], [7], [first], [second]]);
    expect(states).toEqual([expected]);
  });

  test('rings at M of the last N datapoints, and is over when they are', () => {
    const states = alarmStates(alarm, () => [...quiet, [9], [1], [9], [1], [1]]);
    expect(states).toEqual(['OK', 'OK', 'ALARM', 'OK', 'OK']);
  });

  test('makes its datapoints of all samples in a period', () => {
    const window = { periodSeconds: 300, datapoints: 1, of: 1 };
    const minutes = Array.from({ length: 15 }, (_, minute) => (minute < 10 ? [] : [5, 5])); // 50 in the last period
    expect(alarmStates({ ...alarm, window, threshold: 50 }, () => minutes)).toEqual(['OK']);
    expect(alarmStates({ ...alarm, window, threshold: 49 }, () => minutes)).toEqual(['ALARM']);
  });

  test('learns of a period later where its data is late, and never where FILL takes its place', () => {
    const strict = { ...alarm, window: { ...alarm.window, datapoints: 3 } };
    const filled = { ...strict, signal: { expression: 'FILL(requests, 0)', metrics: { requests }, unit: 'Count' } } as const;
    const minutes = [...quiet, [9], [9], [9], [9]];
    expect(alarmStates(strict, () => minutes)).toEqual(['OK', 'OK', 'ALARM', 'ALARM']);
    expect(alarmStates(strict, () => minutes, 1)).toEqual(['OK', 'OK', 'OK', 'ALARM']);
    expect(alarmStates(filled, () => minutes, 1)).toEqual(['OK', 'OK', 'OK', 'OK']);
  });

  test('watches an expression over several metrics', () => {
    const errors = { ...requests, name: 'HTTPCode_Target_5XX_Count' };
    const signal = { expression: '100 * FILL(errors, 0) / requests', metrics: { errors, requests }, unit: 'Percent' } as const;
    const minutes = [...quiet, [100], [100]];
    const states = alarmStates({ ...alarm, signal }, ({ name }) =>
      name === 'RequestCount' ? minutes : [[], [], [], [], [6], [9]],
    );
    expect(states).toEqual(['OK', 'ALARM']);
  });

  test.each([
    [{ periodSeconds: 300, datapoints: 289, of: 289 }, '289 periods of 300 s are more than 86400 s'],
    [{ periodSeconds: 86_400, datapoints: 8, of: 8 }, '8 periods of 86400 s are more than 604800 s'],
    [{ periodSeconds: 90, datapoints: 1, of: 1 }, 'a period is of whole minutes, not 90 s'],
    [{ periodSeconds: 60, datapoints: 4, of: 3 }, '4 of 3 datapoints can never be'],
  ])('that CloudWatch would refuse is refused: %j', (window, why) => {
    expect(() => alarmStates({ ...alarm, window }, () => quiet)).toThrow(why);
  });

  test('takes ten metrics at the most', () => {
    const names = Array.from({ length: 11 }, (_, index) => `m${index}`);
    const metrics = Object.fromEntries(names.map((name) => [name, requests]));
    const signal = { expression: names.join(' + '), metrics, unit: 'Count' } as const;
    expect(() => alarmStates({ ...alarm, signal }, () => quiet)).toThrow('10 metrics, not 11');
  });
});
