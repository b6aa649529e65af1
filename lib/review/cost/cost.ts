import { partOf } from '../../template/part-of';
import type { Reading, Resource, Template, UnknownValue } from '../../template/template';
import type { MonthlyUsage } from '../../usage/monthly-usage';
import { Bill, type CostLine, type Item, type MissingPrice } from './bill';
import type { Charge } from './charge';
import type { PricedEntry, Scope } from './entry';
import { entryOf } from './table';

export interface PricedTemplate {
  readonly lines: readonly CostLine[];
  readonly missing: readonly MissingPrice[];
  /** Values that only AWS knows; the lines count the minimum. */
  readonly unknown: readonly UnknownValue[];
}

/** Prices every resource whose type is in the cost table. All resources share the allowances and tiers of one account and month. */
export function costOf(template: Template, region: string, usage: MonthlyUsage): PricedTemplate {
  return new Pricer(template, region).at(usage);
}

type Rule = (usage: MonthlyUsage) => Reading<readonly Item[]>;

/** What a rule made of a resource, with the figures of the month that it read. */
interface Priced {
  readonly items: Reading<readonly Item[]>;
  readonly figures: ReadonlyMap<keyof MonthlyUsage, number>;
}

/** Prices one template in several months: a rule runs again where a figure that it read is another. */
export class Pricer {
  private readonly rules: readonly Rule[];
  private readonly known: Priced[] = [];

  constructor(
    template: Template,
    private readonly region: string,
  ) {
    this.rules = [...Map.groupBy(template.resources, ({ type }) => type)].flatMap(([type, resources]) => {
      const entry = entryOf(type);
      return entry && !('free' in entry) ? rulesOf(entry, resources, template) : [];
    });
  }

  at(usage: MonthlyUsage): PricedTemplate {
    const bill = new Bill(this.region);
    const unknown: UnknownValue[] = [];
    for (const index of this.rules.keys()) {
      const { result, unknown: values } = this.itemsOf(index, usage);
      for (const item of result) bill.add(item);
      unknown.push(...values);
    }
    const distinct = new Map(unknown.map((value) => [`${value.resource} ${value.property}`, value]));
    return { lines: bill.lines, missing: bill.missing, unknown: [...distinct.values()] };
  }

  private itemsOf(index: number, usage: MonthlyUsage): Reading<readonly Item[]> {
    const known = this.known[index];
    if (known && [...known.figures].every(([name, value]) => usage[name] === value)) return known.items;
    const figures = new Map<keyof MonthlyUsage, number>();
    const noting = new Proxy(usage, {
      get: (of, name: keyof MonthlyUsage) => {
        figures.set(name, of[name]);
        return of[name];
      },
    });
    const items = this.rules[index]?.(noting) ?? { result: [], unknown: [] };
    this.known[index] = { items, figures };
    return items;
  }
}

/** One for each resource, then that of what they share. */
function rulesOf(entry: PricedEntry, resources: readonly Resource[], template: Template): readonly Rule[] {
  const certain = resources.filter(({ isConditional }) => !isConditional);
  const each = resources.map(
    (resource): Rule =>
      (usage) =>
        template.readOne(resource, (own, view) => itemsOf(own, entry, { template: view, usage })),
  );
  if (certain.length === 0) return each;
  const shared: Rule = (usage) => template.read((view) => sharedItems(certain, entry, { template: view, usage }));
  return each.concat(shared);
}

/** Whether every rule found its price and its values; types without a rule are `unpricedResources`. */
export function isComplete({ missing, unknown }: Pick<PricedTemplate, 'missing' | 'unknown'>): boolean {
  return missing.length === 0 && unknown.length === 0;
}

function itemsOf(resource: Resource, entry: PricedEntry, scope: Scope): readonly Item[] {
  const charges = resource.isConditional ? [] : (entry.each?.(resource, scope) ?? []);
  return charges.map((charge) => itemOf(charge, resource));
}

function sharedItems([first, ...others]: readonly Resource[], entry: PricedEntry, scope: Scope): readonly Item[] {
  if (!first) return [];
  const ids = new Set([first, ...others].map(({ id }) => id));
  const resources = scope.template.ofType(first.type).filter(({ id }) => ids.has(id));
  return (entry.together?.(resources, scope) ?? []).map((charge) => itemOf(charge, first));
}

function itemOf(charge: Charge, resource: Resource): Item {
  const billed = charge.resource ?? resource;
  return { ...charge, part: charge.part ?? partOf(billed) ?? 'other', resource: billed.id, type: billed.type };
}

/** Resources whose types have no entry in the cost table. */
export function unpricedResources(template: Template): readonly Resource[] {
  return template.resources.filter(({ type }) => !entryOf(type));
}
