import * as fc from 'fast-check';
import { type CostOfLoad, forecast, notWithin } from '../../../alarms/assessment/forecast';
import { type DailyFigure, growthOf } from '../../../alarms/assessment/growth';
import type { Part } from '../../../alarms/assessment/part';
import { partOf } from '../../../alarms/assessment/part';
import type { ScoredRule } from '../../../alarms/assessment/scored';
import { measure, medium, week } from './measures';

const now = new Date('2026-11-20T12:00:00Z');
const today = Date.parse('2026-11-20T00:00:00Z') / 1000;
const daysAMonth = 365 / 12;
const rhythm = [0.8, 0.9, 1, 1, 1.1, 1.6, 1.4];

/** Days up to yesterday, growing by a share a month, with a week's rhythm and noise of its own. */
function series(growth: number, { days = 90, noise = 0, level = 100_000 } = {}): DailyFigure[] {
  return Array.from({ length: days }, (_, index) => {
    const ago = days - index;
    const wobble = 1 + noise * Math.sin(index * index * 12.9898);
    return { at: today - ago * 86_400, value: level * (1 + growth) ** (-ago / daysAMonth) * (rhythm[index % 7] ?? 1) * wobble };
  });
}

const part = (rule: ScoredRule, value: number): Part => partOf(rule, [measure(rule, value)], medium, week);
const cpuAt = (percent: number): Part[] => [part('request-rate', 1_000), part('database-cpu', percent)];
const predict = (requests: readonly DailyFigure[], parts = cpuAt(45), cost?: CostOfLoad) =>
  forecast({ parts, requests, now, cost });

/** Months from now to the middle of `2027-03`, nearly. */
const monthsTo = (month: string): number => (Date.parse(`${month}-15`) - now.getTime()) / 86_400_000 / daysAMonth;
const order = (ending: string): number => (ending === notWithin ? Infinity : monthsTo(ending));

const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
/** From 45% to 90%. */
const trueEnd = (growth: number): number => {
  const at = now.getTime() + (Math.log(2) / Math.log(1 + growth)) * daysAMonth * 86_400_000;
  return monthNumber(new Date(at).toISOString());
};

describe('a series that really grows', () => {
  test('ends the size in the right month within one', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.035, max: 0.5, noNaN: true }),
        fc.integer({ min: 28, max: 182 }),
        fc.double({ min: 0, max: 0.02, noNaN: true }),
        (growth, days, noise) => {
          const { size } = predict(series(growth, { days, noise: days < 90 ? 0 : noise })); // a month with noise misses by more
          expect(Math.abs(monthNumber(size.expected) - trueEnd(growth))).toBeLessThanOrEqual(1);
          expect(size.because).toBe('Database CPU at 90%');
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is not ended later by more growth', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.3, noNaN: true }),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        (growth, more) => {
          const noise = { noise: 0.3 };
          const [slower, faster] = [predict(series(growth, noise)), predict(series(growth + more, noise))];
          for (const end of ['early', 'expected', 'late'] as const) {
            expect(order(faster.size[end])).toBeLessThanOrEqual(order(slower.size[end]));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('has a wider band with more noise, which holds the growth that is there', () => {
    const widths = [0, 0.1, 0.3, 0.6].map((noise) => {
      const { percentAMonth: found } = predict(series(0.05, { noise }));
      if (!found) throw new Error('the growth should be known');
      expect(found.late).toBeLessThanOrEqual(5.001);
      expect(found.early).toBeGreaterThanOrEqual(4.999);
      return found.early - found.late;
    });
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(widths[0]).toBeCloseTo(0, 6);
    expect(widths[3]).toBeGreaterThan(1);
  });

  test('is not bent by a drop, a sale or a day without requests', () => {
    const plain = series(0.05);
    const bent = plain.map(({ at, value }, index) => ({ at, value: value * ([12, 40, 41].includes(index) ? 20 : 1) }));
    const holed = plain.filter((_, index) => index !== 50);
    expect(predict(bent).size.expected).toBe(predict(plain).size.expected);
    expect(predict(holed).size.expected).toBe(predict(plain).size.expected);
  });

  test('slowly ends nothing within 24 months', () => {
    expect(predict(series(0.01)).size).toMatchObject({ expected: notWithin, late: notWithin, months: 24, days: 730 });
  });
});

describe('what is not known stays open', () => {
  test.each<[string, DailyFigure[], string]>([
    ['thirteen days', series(0.05, { days: 13 }), '13 days of requests, and 14 are needed'],
    ['no requests at all', [], '0 days of requests, and 14 are needed'],
    ['a series with gaps', series(0.05).filter((_, index) => index % 3 > 0), 'requests on 60 of 89 days: too many gaps'],
    ['a series that ended', series(0.05).slice(0, -10), 'no requests in the last 3 days'],
    ['a falling trend', series(-0.05), 'requests do not grow'],
    ['a level that stays', series(0), 'requests do not grow'],
  ])('with %s', (_, requests, because) => {
    const { size, budget } = predict(requests, cpuAt(45), bill);
    const open = { early: 'not known', expected: 'not known', late: 'not known', months: undefined, days: undefined };
    expect(size).toEqual({ ...open, because });
    expect(budget).toEqual({ ...open, because });
  });

  test('with a part that was not measured: what else ends first is told, and no month promised', () => {
    const { size } = predict(series(0.05), [...cpuAt(45), partOf('cache-cpu', [], medium, week)]);
    expect(size.expected).toBe('not known');
    expect(size.because).toMatch(/^not measured: Cache CPU; of the others Database CPU at 90% ends first, 20\d\d-\d\d$/);
  });

  test('without a cost, of the budget', () => {
    expect(predict(series(0.05)).budget.because).toBe('the size of the store or a price is not known');
  });
});

test('what is over its limit has ended this month, whatever the trend', () => {
  expect(predict(series(-0.05), cpuAt(93)).size).toEqual({
    early: '2026-11',
    expected: '2026-11',
    late: '2026-11',
    months: 0,
    days: 0,
    because: 'Database CPU at 90%',
  });
});

/** At 100,000 requests a day and the mean of the rhythm, usage of about USD 100. */
const bill: CostOfLoad = { fixedUsd: 200, usageUsd: 100, requests: 100_000 * daysAMonth, budgetUsd: 400 };

describe('the budget', () => {
  test('ends when the usage, which grows with the requests, has filled what the fixed costs leave', () => {
    const { budget } = predict(series(0.1), cpuAt(10), bill);
    const level = (growthOf(series(0.1), now.getTime() / 1000) as { level: number }).level / 100_000;
    const exact = Math.log(200 / (100 * level)) / Math.log(1.1);
    expect(Math.abs(monthsTo(budget.expected) - exact)).toBeLessThan(1.5);
    expect(budget.because).toMatch(/^USD 400 a month; now about USD 3\d\d$/);
  });

  test('of a smaller limit never ends later', () => {
    const ends = [1_000, 500, 400, 350].map((budgetUsd) =>
      order(predict(series(0.1), cpuAt(10), { ...bill, budgetUsd }).budget.expected),
    );
    expect(ends).toEqual(ends.toSorted((a, b) => b - a));
    expect(new Set(ends).size).toBeGreaterThan(2);
  });

  test('that the fixed costs exceed has ended', () => {
    expect(predict(series(-0.1), cpuAt(10), { ...bill, budgetUsd: 150 }).budget).toMatchObject({
      months: 0,
      expected: '2026-11',
    });
  });
});
