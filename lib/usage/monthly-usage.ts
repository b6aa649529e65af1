import type { Figure, Formula } from './figure';
import { counted } from './figures/counted';
import { shop } from './figures/shop';
import { storage } from './figures/storage';
import { traffic } from './figures/traffic';

/** Every figure of a month, in an order in which each follows from earlier ones. */
export const usageFigures = { ...shop, ...traffic, ...storage, ...counted };

export type UsageName = keyof typeof usageFigures;
export const usageNames = Object.keys(usageFigures) as UsageName[];

/** What a store does in an average month: the input of its bill, its capacity and its quotas. */
export type MonthlyUsage = Readonly<Record<UsageName, number>>;

/** Figures that somebody knows of the own store. */
export type GivenUsage = Readonly<Partial<MonthlyUsage>>;

export const figureOf = (name: UsageName): Figure => usageFigures[name];

export const isFormula = (value: Figure['value']): value is Formula => typeof value === 'object';

/** A number is of all sizes, a formula of figures before it; what is left is of the size or of the template. */
export function usageOf(given: GivenUsage, base: GivenUsage): MonthlyUsage {
  const known: Record<string, number> = {};
  for (const name of usageNames) known[name] = given[name] ?? valueOf(name, base, known);
  return known as MonthlyUsage;
}

function valueOf(name: UsageName, base: GivenUsage, known: Readonly<Record<string, number>>): number {
  const { value, least, most } = figureOf(name);
  if (typeof value === 'number') return value;
  if (!isFormula(value)) return base[name] ?? 0;
  return Math.min(most, Math.max(least, value.of(known)));
}
