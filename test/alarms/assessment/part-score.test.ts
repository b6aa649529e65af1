import * as fc from 'fast-check';
import { levelsOf } from '../../../alarms/assessment/levels';
import type { DeployedLevels } from '../../../alarms/assessment/measure';
import { partScore } from '../../../alarms/assessment/part-score';
import { type ScoredRule, scored, scoredRules } from '../../../alarms/assessment/scored';
import type { StoreFacts } from '../../../alarms/assessment/store-facts';
import { levels as deployedLevels, medium } from './measures';

function scoreOf(
  rule: ScoredRule,
  value: number,
  deployed: DeployedLevels = deployedLevels[rule],
  store: StoreFacts = medium,
): number {
  const levels = levelsOf(scored[rule], deployed, store);
  if (!levels) throw new Error('no levels');
  return partScore(value, levels);
}

describe('the score of a part', () => {
  it.each<readonly [ScoredRule, string, number, number]>([
    ['response-time', 'half of the warning', 100, 100],
    ['response-time', 'over half of the warning', 101, 99],
    ['response-time', 'just under the warning', 199.9, 80],
    ['response-time', 'the warning', 200, 80],
    ['response-time', 'just over the warning', 200.1, 79],
    ['response-time', 'just under the critical level', 499.9, 60],
    ['response-time', 'the critical level', 500, 60],
    ['response-time', 'just over the critical level', 500.1, 59],
    ['response-time', 'twice the critical level', 1_000, 0],
    ['response-time', 'far beyond', 60_000, 0],
    ['error-rate', 'the warning', 1, 80],
    ['error-rate', 'just over the warning', 1.001, 79],
    ['error-rate', 'the critical level', 5, 60],
    ['error-rate', 'just over the critical level', 5.001, 59],
    ['query-time', 'the warning', 100, 80],
    ['query-time', 'just over the warning', 100.1, 79],
    ['query-time', 'the critical level', 500, 60],
    ['query-time', 'just over the critical level', 500.1, 59],
    ['api-cpu', 'the warning', 70, 80],
    ['api-cpu', 'just over the warning', 70.1, 79],
    ['api-cpu', 'the critical level', 90, 60],
    ['api-cpu', 'just over the critical level', 90.1, 59],
    ['api-cpu', 'all that there is, which is its end', 100, 0],
    ['api-memory', 'the warning', 80, 80],
    ['api-memory', 'just over the warning', 80.1, 79],
    ['database-cpu', 'just under the warning', 69.9, 80],
    ['database-cpu', 'just over the critical level', 90.1, 59],
    ['database-connections', 'the warning', 259, 80],
    ['database-connections', 'more than the class has', 400, 0],
    ['database-memory', 'twice the warning left', 2, 100],
    ['database-memory', 'just over the warning left', 1.001, 80],
    ['database-memory', 'the warning left', 1, 80],
    ['database-memory', 'just less than the warning left', 0.999, 79],
    ['database-memory', 'the critical level left', 0.4, 60],
    ['database-memory', 'just less than the critical level left', 0.399, 59],
    ['database-memory', 'half of the critical level left', 0.2, 0],
    ['cache-hit-rate', 'the documents’ goal of week 16', 90, 100],
    ['cache-hit-rate', 'the warning', 80, 80],
    ['cache-hit-rate', 'just under the warning', 79.9, 79],
    ['cache-hit-rate', 'the documents’ goal of week 4', 60, 60],
    ['cache-hit-rate', 'just under the documents’ goal of week 4', 59.9, 59],
  ])('%s at %s', (rule, _, value, expected) => {
    expect(scoreOf(rule, value)).toBe(expected);
  });

  it.each<readonly [string, DeployedLevels, number, number]>([
    ['a Warning alone, twice of which is critical', { warning: 100, critical: undefined, inclusive: false }, 200, 60],
    ['a Critical alone, half of which is the warning', { warning: undefined, critical: 100, inclusive: false }, 50, 80],
    ['both the wrong way round, the worse of which is critical', { warning: 100, critical: 50, inclusive: false }, 100.1, 59],
  ])('takes alarms of %s', (_, deployed, value, expected) => {
    expect(scoreOf('query-time', value, deployed)).toBe(expected);
  });

  it('has no levels without an alarm', () => {
    expect(levelsOf(scored['query-time'], { warning: undefined, critical: undefined, inclusive: false }, medium)).toBeUndefined();
  });

  it('has crossed a level whose alarm rings at it', () => {
    const inclusive = { ...deployedLevels['queue-age'], inclusive: true };

    expect(scoreOf('queue-age', 300, inclusive)).toBe(79);
    expect(scoreOf('queue-age', 900, inclusive)).toBe(59);
    expect(scoreOf('queue-age', 299.9, inclusive)).toBe(80);
  });

  it('is yellow when all the tasks that may run do', () => {
    expect(scoreOf('api-at-maximum', 6)).toBe(79);
    expect(scoreOf('api-at-maximum', 5)).toBe(86);
  });

  it('is a whole number from 0 to 100 and never better for a worse value', () => {
    const level = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined });
    const value = fc.double({ min: 0, max: 3e6, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...scoredRules),
        level,
        level,
        fc.boolean(),
        value,
        value,
        (rule, warning, critical, inclusive, one, other) => {
          const levels = levelsOf(scored[rule], { warning, critical, inclusive }, medium);
          fc.pre(levels !== undefined);
          const [better, worse] = one <= other === (scored[rule].worse === 'higher') ? [one, other] : [other, one];
          const [first, second] = [partScore(better, levels), partScore(worse, levels)];
          expect(second).toBeLessThanOrEqual(first);
          expect(first).toBeLessThanOrEqual(100);
          expect(second).toBeGreaterThanOrEqual(0);
          expect(Number.isInteger(first)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the weights', () => {
  it('are percent for a store without replicas', () => {
    const weights = scoredRules.filter((rule) => scored[rule].existsIn?.(medium) ?? true).map((rule) => scored[rule].weight);

    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(100);
  });

  it('give a reason each', () => {
    expect(scoredRules.filter((rule) => scored[rule].why.length < 20)).toEqual([]);
  });
});
