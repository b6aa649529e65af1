import type { Claim, Serves } from '../tiers/tier';
import type { Month } from './month';
import { figureOf, type GivenUsage, isFormula, type MonthlyUsage, type UsageName, usageNames, usageOf } from './monthly-usage';

/** Figures that count people. */
const people = ['orders', 'users', 'usersAtOnce', 'drop'] as const;
const formulas = usageNames.filter((name) => isFormula(figureOf(name).value));

/**
 * The same shop with more or fewer orders, and as many times the people: `users`, `usersAtOnce` and `drop`, which with its requests a
 * second are what the store has to bear. Of those that bear on the capacity alone, what is not given is in proportion to the orders of
 * the size, so that 3,000 orders do not have to bear the crowd of a million. What follows from people follows; such a figure that is given
 * (`cdnGbOut`) grows as it would without. All others stay: what one person does (`pagesPerVisit`, `cdnHitRate`), `products`, `imagesKept`.
 */
export function withOrders(month: Month, orders: number): Pick<Month, 'usage' | 'serves'> {
  const { base, given, usage } = month;
  const rates = without(formulas, given);
  const [now, then] = [peopleAt(usage.orders, month), peopleAt(orders, month)];
  const [before, after] = [usageOf({ ...rates, ...now }, base), usageOf({ ...rates, ...then }, base)];
  return {
    usage: usageOf({ ...given, ...grown(given, before, after), ...then }, base),
    serves: servesAt(orders, month),
  };
}

/** By what a figure is multiplied: from the store’s own month, or from that of its size. */
function factors(orders: number, { base, usage }: Month): { readonly own: number; readonly size: number } {
  const own = orders / usage.orders;
  return { own, size: base.orders ? orders / base.orders : own };
}

function peopleAt(orders: number, month: Month): GivenUsage {
  const { given, usage } = month;
  const { own, size } = factors(orders, month);
  const times = {
    orders: own,
    users: own,
    usersAtOnce: given.usersAtOnce === undefined ? size : own,
    drop: given.drop === undefined ? size : own,
  };
  return Object.fromEntries(people.map((name) => [name, Math.min(figureOf(name).most, usage[name] * times[name])]));
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

const scaled = (claim: Claim, factor: number): Claim => ({ ...claim, figure: claim.figure * factor });

function servesAt(orders: number, month: Month): Serves {
  const { given, serves } = month;
  const { mostUsers, concurrentUsers, buyersAtOnce, requestsPerSecond } = serves;
  const { own, size } = factors(orders, month);
  return {
    ...serves,
    ordersPerMonth: orders,
    mostUsers: mostUsers * (given.users === undefined ? size : own),
    concurrentUsers: scaled(concurrentUsers, given.usersAtOnce === undefined ? size : own),
    buyersAtOnce: scaled(buyersAtOnce, given.drop === undefined ? size : own),
    ...(requestsPerSecond && { requestsPerSecond: scaled(requestsPerSecond, size) }),
  };
}
