import type { Resource, Template } from '../../template/template';
import type { MonthlyUsage } from '../../tiers/tier';
import type { Charge } from './charge';

/** What a rule may look at beside its own resource. */
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
  /** Charges that all resources of the type share, such as traffic; counted for the first of them. */
  readonly together?: (resources: readonly Resource[], scope: Scope) => readonly Charge[];
}

export type EntryTable = Readonly<Record<`${string}::${string}`, Entry>>;

/** A type that costs nothing by itself; the sentence says why. */
export function free(why: string): FreeEntry {
  return { free: why };
}
