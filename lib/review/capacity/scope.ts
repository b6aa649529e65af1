import { type MeasuredCapacity, measuredCapacity } from '../../facts/measured-capacity';
import type { Template } from '../../template/template';
import type { Serves } from '../../tiers/tier';
import type { MonthlyUsage } from '../../usage/monthly-usage';
import { type AssumptionValues, assumptionValue } from './assumptions';
import { type Parts, StoreParts } from './store-parts';
import type { CapacityAssumptionName } from './types';

/** Input of a limit. */
export interface Scope {
  readonly parts: Parts;
  readonly region: string;
  readonly usage: MonthlyUsage;
  readonly assume: AssumptionValues;
  readonly measured: MeasuredCapacity;
  /** Buyers who reserve at the same time. */
  readonly buyersAtOnce: number;
}

/** How a template is read: with the store's month, what it has to bear, and the assumptions that the caller overrides. */
export interface ScopeInput {
  readonly region: string;
  readonly usage: MonthlyUsage;
  readonly serves: Pick<Serves, 'buyersAtOnce'>;
  readonly assume?: AssumptionValues | undefined;
  /** @default - what `npm run bench` measured */
  readonly measured?: MeasuredCapacity;
}

/** Makes the scope of one reading of a template. */
export type ScopeOf = (template: Template) => Scope;

export function scopeOfMonth({ region, usage, serves, assume = {}, measured = measuredCapacity }: ScopeInput): ScopeOf {
  const buyersAtOnce = serves.buyersAtOnce.figure;
  return (template) => ({ parts: new StoreParts(template), region, usage, assume, measured, buyersAtOnce });
}

/** An assumption's value; the hit rates of a template without CDN or cache are 0. */
export function assumed(name: CapacityAssumptionName, { assume, usage, parts }: Scope): number {
  if (name === 'cdnHitRate' && !parts.cdn) return 0;
  if (name === 'cacheHitRate' && !parts.cache) return 0;
  return assumptionValue(name, assume, usage);
}
