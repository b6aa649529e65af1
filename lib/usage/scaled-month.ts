import type { Claim, Serves } from '../tiers/tier';
import type { Month } from './month';
import { figureOf, type GivenUsage, isFormula, type MonthlyUsage, type UsageName, usageNames, usageOf } from './monthly-usage';

/** Figures that count people. */
const people = ['orders', 'users', 'usersAtOnce', 'drop'] as const;
const formulas = usageNames.filter((name) => isFormula(figureOf(name).value));

/**
 * The same shop with so many times as many people: `orders`, `users`, `usersAtOnce` and `drop` are multiplied, and so is what the
 * store has to bear of them, its requests a second included. What follows from them follows; such a figure that is given (`cdnGbOut`)
 * grows as it would without. All others stay: what one person does (`pagesPerVisit`, `cdnHitRate`), `products`, `imagesKept`.
 */
export function scaledMonth({ base, given, usage, serves }: Month, factor: number): Pick<Month, 'usage' | 'serves'> {
  const scaled = peopleTimes(factor, usage);
  const rates = without(formulas, given);
  const [before, after] = [usageOf({ ...rates, ...peopleTimes(1, usage) }, base), usageOf({ ...rates, ...scaled }, base)];
  return {
    usage: usageOf({ ...given, ...grown(given, before, after), ...scaled }, base),
    serves: scaledServes(serves, factor),
  };
}

function peopleTimes(factor: number, usage: MonthlyUsage): GivenUsage {
  return Object.fromEntries(people.map((name) => [name, Math.min(figureOf(name).most, usage[name] * factor)]));
}

const without = (names: readonly UsageName[], given: GivenUsage): GivenUsage =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !names.some((one) => one === name)));

/** Figures that follow from others and are given, by what they would grow if they were not. */
function grown(given: GivenUsage, before: MonthlyUsage, after: MonthlyUsage): GivenUsage {
  const growth = (name: UsageName): number => (before[name] > 0 ? after[name] / before[name] : 1);
  return Object.fromEntries(
    formulas.flatMap((name) => {
      const own = given[name];
      return own === undefined ? [] : [[name, Math.min(figureOf(name).most, own * growth(name))]];
    }),
  );
}

function scaledServes(serves: Serves, factor: number): Serves {
  const { ordersPerMonth, mostUsers, concurrentUsers, buyersAtOnce, requestsPerSecond } = serves;
  const times = (claim: Claim): Claim => ({ ...claim, figure: claim.figure * factor });
  return {
    ...serves,
    ordersPerMonth: ordersPerMonth * factor,
    mostUsers: mostUsers * factor,
    concurrentUsers: times(concurrentUsers),
    buyersAtOnce: times(buyersAtOnce),
    ...(requestsPerSecond && { requestsPerSecond: times(requestsPerSecond) }),
  };
}
