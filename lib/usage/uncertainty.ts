import type { Figure } from './figure';
import { figureOf, type GivenUsage, type MonthlyUsage, type UsageName, usageNames } from './monthly-usage';

/** Both ends of what a figure may be, in its unit. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/** Twice the value itself where it is not varied. */
export const endsOf = (name: UsageName, value: number): Ends => endsWithin(figureOf(name), value);

export function endsWithin({ range, least, most }: Pick<Figure, 'range' | 'least' | 'most'>, value: number): Ends {
  const [low, high] = range?.times ?? [1, 1];
  return { low: Math.min(most, Math.max(least, value * low)), high: Math.min(most, Math.max(least, value * high)) };
}

/** Figures that are varied: those with a range that nobody has given. */
export const uncertainNames = (given: GivenUsage): readonly UsageName[] =>
  usageNames.filter((name) => figureOf(name).range !== undefined && given[name] === undefined);

/** A month in which some figures are at an end of their range; what is given stays. */
export function atEnds(
  ends: Readonly<Partial<Record<UsageName, 'low' | 'high'>>>,
  usage: MonthlyUsage,
  given: GivenUsage,
): GivenUsage {
  const moved = uncertainNames(given).flatMap((name) => {
    const end = ends[name];
    return end === undefined ? [] : [[name, endsOf(name, usage[name])[end]] as const];
  });
  return { ...given, ...Object.fromEntries(moved) };
}
