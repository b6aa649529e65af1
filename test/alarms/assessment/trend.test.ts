import { worstOfMost } from '../../../alarms/assessment/percentile';
import { daysUntil } from '../../../alarms/assessment/trend';
import { flat, week } from './measures';

const growing = { worse: 'higher', limit: 90 } as const;

describe('the value that decides', () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);

  it('is what 95% of the points are no worse than', () => {
    expect(worstOfMost(values, 'higher')).toBe(95);
    expect(worstOfMost(values, 'lower')).toBe(6);
  });

  it('is not moved by a spike in less than one of twenty points', () => {
    expect(worstOfMost([...Array<number>(96).fill(10), ...Array<number>(4).fill(1_000)], 'higher')).toBe(10);
  });

  it('is missing without points', () => {
    expect(worstOfMost([], 'higher')).toBeUndefined();
  });
});

describe('days until the limit', () => {
  it('follow the line through the days', () => {
    expect(
      daysUntil(
        growing,
        flat((day) => 40 + 4 * day),
        week,
      ),
    ).toBe(6); // 66 at the end of the seventh day, 24 more to go
  });

  it('count downwards for what runs out', () => {
    expect(
      daysUntil(
        { worse: 'lower', limit: 10 },
        flat((day) => 40 - 2 * day),
        week,
      ),
    ).toBe(8); // 27 left, 17 too many
  });

  it('are none for a measure that stays or falls', () => {
    expect(daysUntil(growing, flat(50), week)).toBeUndefined();
    expect(
      daysUntil(
        growing,
        flat((day) => 60 - day),
        week,
      ),
    ).toBeUndefined();
  });

  it('are none for a wobble', () => {
    const wobble = [50, 53, 49, 52, 50, 54, 49];

    expect(
      daysUntil(
        growing,
        flat((day) => wobble[day] ?? 0),
        week,
      ),
    ).toBeUndefined();
  });

  it('are hardly moved by one bad day', () => {
    expect(
      daysUntil(
        growing,
        flat((day) => (day === 3 ? 100 : 40 + 4 * day)),
        week,
      ),
    ).toBe(6);
  });

  it('are 0 where the line has passed the limit', () => {
    expect(
      daysUntil(
        growing,
        flat((day) => 85 + 2 * day),
        week,
      ),
    ).toBe(0);
  });

  it.each([
    [365, 365],
    [365.5, undefined],
  ])('are told up to a year: %d days left', (left, expected) => {
    const points = flat((day) => 10 + day); // 16.5 at the end of the seventh day

    expect(daysUntil({ ...growing, limit: 16.5 + left }, points, week)).toBe(expected);
  });

  it.each([
    ['two of three pairs of days', [10, 30, 20], 13],
    ['six of ten pairs of days', [10, 40, 50, 20, 30], undefined],
  ])('are told where two thirds grow: %s', (_, values, expected) => {
    const first = 7 - values.length;
    const points = flat((day) => values[day - first] ?? Number.NaN).filter(({ value }) => !Number.isNaN(value));

    expect(daysUntil(growing, points, week)).toBe(expected);
  });

  it.each([
    [2, undefined],
    [3, 9],
  ])('of %i days', (days, expected) => {
    const points = flat((day) => 40 + 4 * day).filter(({ at }) => at >= week.to - days * 86_400);

    expect(daysUntil({ ...growing, limit: 104 }, points, week)).toBe(expected);
  });

  it.each([
    [72, 9],
    [71, undefined],
  ])('count a day of which a quarter is known: %i of its 288 points', (count, expected) => {
    const points = flat((day) => 40 + 4 * day).slice(-2 * 288 - count);

    expect(daysUntil({ ...growing, limit: 104 }, points, week)).toBe(expected);
  });
});
