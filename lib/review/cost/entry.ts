import type { Resource, Template } from '../../template/template';
import type { MonthlyUsage } from '../../usage/monthly-usage';
import type { Charge } from './charge';

/** What a rule may read besides its own resource. */
export interface Scope {
  readonly template: Template;
  readonly usage: MonthlyUsage;
}

export type Entry = FreeEntry | PricedEntry;

export interface FreeEntry {
  /** Why it costs nothing. */
  readonly free: string;
}

export interface PricedEntry {
  /** Charges of one resource. */
  readonly each?: (resource: Resource, scope: Scope) => readonly Charge[];
  /** Charges shared by all resources of the type, such as traffic; assigned to the first of them. */
  readonly together?: (resources: readonly Resource[], scope: Scope) => readonly Charge[];
}

export type EntryTable = Readonly<Record<`${string}::${string}`, Entry>>;

/** A type without its own charge, and why. */
export function free(why: string): FreeEntry {
  return { free: why };
}
