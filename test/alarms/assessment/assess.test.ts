import * as fc from 'fast-check';
import { assess } from '../../../alarms/assessment/assess';
import type { Measure } from '../../../alarms/assessment/measure';
import { type ScoredRule, scored, scoredRules } from '../../../alarms/assessment/scored';
import { flat, levels, measure, measures, medium, week } from './measures';

const assessed = (all: readonly Measure[], store = medium) => assess({ store, window: week, measures: all });

function partOf(assessment: ReturnType<typeof assess>, rule: ScoredRule) {
  return assessment.parts.find((part) => part.rule === rule);
}

describe('the score of a store', () => {
  it('is 100 and green where everything is quiet', () => {
    expect(assessed(measures())).toMatchObject({ score: 100, light: 'green', confidence: 1, planNextSize: false });
  });

  it('is the mean of all parts by weight and of the worst', () => {
    const { score } = assessed(measures({ 'database-cpu': 90 })); // 60 at a weight of 10 of 100

    expect(score).toBe(Math.floor((96 + 60) / 2));
  });

  it.each(scoredRules.filter((rule) => rule !== 'replica-cpu'))('is never green while %s alone is critical', (rule) => {
    const critical = levels[rule].critical ?? (rule === 'cache-hit-rate' ? 60 : (levels[rule].warning ?? 0) * 2);
    const beyond = critical * (scored[rule].worse === 'higher' ? 1.001 : 0.999);

    expect(assessed(measures({ [rule]: beyond }))).toMatchObject({ light: expect.stringMatching(/yellow|red/) });
  });

  it('is red where customers have seen errors all the time', () => {
    expect(assessed(measures({ 'error-rate': 9 }))).toMatchObject({ score: 48, light: 'red', planNextSize: true });
  });

  it.each([
    ['just over the warning of one part', { 'database-cpu': 71 }, 'green', false],
    ['just over the critical level of one part', { 'database-cpu': 91 }, 'yellow', false],
    ['critical in two parts', { 'database-cpu': 95, 'response-time': 700 }, 'red', true],
  ] as const)('%s', (_, values, light, planNextSize) => {
    expect(assessed(measures(values))).toMatchObject({ light, planNextSize });
  });

  it('plans the next size below 70 and not at 70', () => {
    const steps = Array.from({ length: 21 }, (_, index) => assessed(measures({ 'database-cpu': 90 + index / 4 })));

    expect(steps.filter(({ score, planNextSize }) => planNextSize !== (score ?? 0) < 70)).toEqual([]);
    expect(new Set(steps.map(({ score }) => score))).toContain(70);
  });

  it('is decided by the worst of several instances, which it names', () => {
    const caches = [measure('cache-cpu', 20, 'node 1'), measure('cache-cpu', 80, 'node 2')];
    const part = partOf(assessed([...measures({ 'cache-cpu': undefined }), ...caches]), 'cache-cpu');

    expect(part).toMatchObject({ instance: 'node 2', value: 80, score: 70, light: 'yellow' });
  });

  it('counts replicas only where the store has some', () => {
    expect(partOf(assessed(measures()), 'replica-cpu')).toBeUndefined();
    expect(partOf(assessed(measures(), { ...medium, replicas: 1 }), 'replica-cpu')).toMatchObject({ light: 'unknown' });
  });

  it('never rises when one value gets worse', () => {
    const value = fc.double({ min: 0, max: 200, noNaN: true });
    const record = fc.record(Object.fromEntries(scoredRules.map((rule) => [rule, value])) as Record<ScoredRule, typeof value>);
    const hour = { from: week.to - 3_600, to: week.to };
    const scoreOf = (values: Readonly<Record<string, number>>) =>
      assess({
        store: medium,
        window: hour,
        measures: scoredRules.map((rule) => ({
          rule,
          instance: undefined,
          deployed: levels[rule],
          points: flat(values[rule] ?? 0, hour),
        })),
      }).score ?? 0;
    fc.assert(
      fc.property(record, fc.constantFrom(...scoredRules), value, (values, rule, by) => {
        const worse = scored[rule].worse === 'higher' ? values[rule] + by : Math.max(0, values[rule] - by);
        expect(scoreOf({ ...values, [rule]: worse })).toBeLessThanOrEqual(scoreOf(values));
      }),
    );
  });
});

describe('what is not known', () => {
  it('is unknown, never green, and lowers the confidence by its weight', () => {
    const assessment = assessed(measures({ 'response-time': undefined }));

    expect(partOf(assessment, 'response-time')).toMatchObject({ light: 'unknown', score: undefined, value: undefined });
    expect(assessment).toMatchObject({ score: 100, light: 'green', confidence: 0.84 });
  });

  it('keeps a store from being green where it is more than a fifth', () => {
    const assessment = assessed(measures({ 'response-time': undefined, 'error-rate': undefined }));

    expect(assessment).toMatchObject({ score: 100, light: 'unknown', confidence: 0.68 });
  });

  it('does not hide that the rest is bad', () => {
    const assessment = assessed(measures({ 'response-time': undefined, 'query-time': undefined, 'error-rate': 9 }));

    expect(assessment).toMatchObject({ light: 'red', planNextSize: true });
  });

  it('leaves no score where it is most of the store, and no plan', () => {
    const few = measures().filter(({ rule }) => rule === 'error-rate' || rule === 'response-time');

    expect(assessed(few)).toMatchObject({ score: undefined, light: 'unknown', confidence: 0.32, planNextSize: false });
    expect(assessed([])).toMatchObject({ score: undefined, light: 'unknown', confidence: 0 });
  });

  it('is a part of which one instance gave no data, unless another is worse than green', () => {
    const without = measures({ 'cache-cpu': undefined });
    const silent = { ...measure('cache-cpu', 0, 'node 2'), points: [] };
    const light = (percent: number) =>
      partOf(assessed([...without, measure('cache-cpu', percent, 'node 1'), silent]), 'cache-cpu')?.light;

    expect(light(20)).toBe('unknown');
    expect(light(80)).toBe('yellow');
  });

  it.each([
    ['a quarter of the window', 504, 'green'],
    ['less than a quarter of the window', 503, 'unknown'],
  ])('is judged by points: %s', (_, count, light) => {
    const some = { ...measure('api-cpu', 10), points: flat(10).slice(-count) };

    expect(partOf(assessed([...measures({ 'api-cpu': undefined }), some]), 'api-cpu')?.light).toBe(light);
  });

  it('is every point outside the window and every one that is no number', () => {
    const points = [...flat(99).map(({ at }) => ({ at: at - 7 * 86_400, value: 99 })), ...flat(Number.NaN)];
    const strange = { ...measure('api-cpu', 10), points };

    expect(partOf(assessed([...measures({ 'api-cpu': undefined }), strange]), 'api-cpu')?.light).toBe('unknown');
  });
});
