import type { Month } from '../../usage/month';
import { figureOf, type GivenUsage, type UsageName, usageOf } from '../../usage/monthly-usage';
import { largestMovers, type Mover, type MoverEnd } from '../../usage/movers';
import { scenarios } from '../../usage/scenarios';
import { atEnds, endsOf, uncertainNames } from '../../usage/uncertainty';
import type { Pricer } from './cost';
import { totalOf } from './total-cost';

/** What a month may cost, USD. */
export interface CostBand {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
  /** Each by itself, the cheapest first. */
  readonly scenarios: readonly ScenarioCost[];
  /** Of the assumptions that move the bill most, each from its low to its high end alone; the largest first. */
  readonly movers: readonly CostMover[];
}

export interface ScenarioCost {
  readonly name: string;
  readonly story: string;
  readonly usdPerMonth: number;
}

export interface CostMover extends Mover<CostMoverEnd> {
  readonly name: UsageName;
}

interface CostMoverEnd extends MoverEnd {
  readonly usdPerMonth: number;
}

/** The same store in other months. @param expected USD of this one */
export function costBand(pricer: Pricer, month: Month, expected: number): CostBand {
  const { given, base, usage } = month;
  const usdOf = (other: GivenUsage): number => totalOf(pricer.at(usageOf(other, base)).lines).usdPerMonth;
  const costs = scenarios
    .map(({ name, story, ends }) => ({ name, story, usdPerMonth: usdOf(atEnds(ends, usage, given)) }))
    .toSorted((one, other) => one.usdPerMonth - other.usdPerMonth);
  const all = [expected, ...costs.map(({ usdPerMonth }) => usdPerMonth)];
  const movers = uncertainNames(given).map((name) => moverOf(name, month, usdOf));
  return {
    low: Math.min(...all),
    expected,
    high: Math.max(...all),
    scenarios: costs,
    movers: largestMovers(movers, swing),
  };
}

function moverOf(name: UsageName, { usage, given }: Month, usdOf: (other: GivenUsage) => number): CostMover {
  const { low, high } = endsOf(name, usage[name]);
  const { meaning, range } = figureOf(name);
  const end = (value: number): CostMoverEnd => ({ value, usdPerMonth: usdOf({ ...given, [name]: value }) });
  return { name, meaning, why: range?.why ?? '', low: end(low), high: end(high) };
}

const swing = ({ low, high }: CostMover): number => Math.abs(high.usdPerMonth - low.usdPerMonth);
