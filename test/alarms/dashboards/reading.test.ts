import { readAs, readingOf } from '../../../alarms/dashboards/reading';

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
