import { partOf } from '../../template/part-of';
import type { Resource, Template, UnknownValue } from '../../template/template';
import type { MonthlyUsage } from '../../tiers/tier';
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
  const bill = new Bill(region);
  const unknown: UnknownValue[] = [];
  for (const [type, resources] of Map.groupBy(template.resources, (resource) => resource.type)) {
    const entry = entryOf(type);
    if (!entry || 'free' in entry) continue;
    const certain = resources.filter(({ isConditional }) => !isConditional);
    const charges = [
      ...resources.map((resource) => template.readOne(resource, (own, view) => itemsOf(own, entry, { template: view, usage }))),
      ...(certain[0] ? [template.read((view) => sharedItems(certain, entry, { template: view, usage }))] : []),
    ];
    for (const { result, unknown: values } of charges) {
      for (const item of result) bill.add(item);
      unknown.push(...values);
    }
  }
  const distinct = new Map(unknown.map((value) => [`${value.resource} ${value.property}`, value]));
  return { lines: bill.lines, missing: bill.missing, unknown: [...distinct.values()] };
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
