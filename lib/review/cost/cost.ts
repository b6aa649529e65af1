import type { Resource, Template } from '../../template/template';
import type { MonthlyUsage } from '../../tiers/tier';
import { ReviewError } from '../review-error';
import { Bill, type Item } from './bill';
import type { Charge } from './charge';
import type { Entry, PricedEntry, Scope } from './entry';
import { entryOf } from './table';

/**
 * Prices every resource of a template whose type the cost table knows. One account and one month, so allowances and tiers are
 * shared by all resources.
 */
export function costOf(template: Template, region: string, usage: MonthlyUsage): Bill {
  const types = Map.groupBy(template.resources, ({ type }) => type);
  const bill = new Bill(region);
  for (const [type, resources] of types) {
    for (const item of itemsOf(entryOf(type), resources, template, usage)) bill.add(item);
  }
  return bill;
}

function itemsOf(entry: Entry | undefined, resources: readonly Resource[], template: Template, usage: MonthlyUsage): Item[] {
  if (!entry || 'free' in entry) return [];
  const scope = { template, usage };
  const [first] = resources;
  return [
    ...resources.flatMap((resource) => chargesOf(resource, entry, scope).map((charge) => itemOf(charge, resource, entry))),
    ...(first ? (entry.together?.(resources, scope) ?? []).map((charge) => itemOf(charge, first, entry)) : []),
  ];
}

/** What depends on a condition that nobody can decide here has no price, so that it is named as missing one. */
function chargesOf(resource: Resource, { each }: PricedEntry, scope: Scope): readonly Charge[] {
  const { result, undecided } = resource.read(() => each?.(resource, scope) ?? []);
  if (!undecided) return result;
  return result.map((charge) =>
    Object.assign({}, charge, { price: `${[charge.price].flat()[0]}, which depends on a condition` }),
  );
}

function itemOf(charge: Charge, resource: Resource, { part }: PricedEntry): Item {
  const of = charge.resource ?? resource;
  const own = of.tag('part') ?? (typeof part === 'string' ? part : part(of));
  return { ...charge, part: charge.part ?? own, resource: of.id, type: of.type };
}

/** Resources whose types have no entry in the cost table. */
export function unknownResources(template: Template): readonly Resource[] {
  return template.resources.filter(({ type }) => !entryOf(type));
}

/** @throws ReviewError naming every resource whose type has no entry in the cost table: a store's own have to be known */
export function refuseUnknown(template: Template): void {
  const unknown = unknownResources(template);
  if (unknown.length === 0) return;
  throw new ReviewError(
    'unknown-types',
    `The cost of ${unknown.length} resources is not known: give their types a rule or free('why') in lib/review/cost`,
    unknown.map(({ id, type }) => `${type}  ${id}`),
  );
}
