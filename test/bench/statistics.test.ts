import { growthPerMinute, median, percentile, spread } from '../../bench/statistics';

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

  it('of nothing is no number', () => expect(median([])).toBeNaN());
});

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  it.each([
    [50, 50],
    [99, 99],
    [100, 100],
    [0, 1],
  ])('%d of 1 to 100 is %d', (percent, expected) => expect(percentile(hundred, percent)).toBe(expected));

  it('takes the greatest of a few for the 99th', () => expect(percentile([5, 9, 7], 99)).toBe(9));
});

it('says the least and the greatest of several measurements', () => expect(spread([1.204, 0.98, 1.1], 2)).toBe('0.98-1.20'));

describe('growth', () => {
  it('is that of the straight line through the samples', () => {
    const samples = [0, 30, 60, 90].map((at) => ({ at, value: 100 + at / 30 }));
    expect(growthPerMinute(samples)).toBeCloseTo(2);
  });

  it('is none where the memory goes up and down alike', () => {
    const samples = [10, 20, 10, 10, 20, 10].map((value, at) => ({ at, value }));
    expect(growthPerMinute(samples)).toBeCloseTo(0);
  });
});
