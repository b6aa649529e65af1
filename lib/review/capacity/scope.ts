import type { MeasuredCapacity } from '../../facts/measured-capacity';
import type { MonthlyUsage } from '../../usage/monthly-usage';
import { type AssumptionValues, assumptionValue } from './assumptions';
import type { StoreParts } from './store-parts';
import type { CapacityAssumptionName } from './types';

/** Input of a limit. */
export interface Scope {
  readonly parts: StoreParts;
  readonly region: string;
  readonly usage: MonthlyUsage;
  readonly assume: AssumptionValues;
  readonly measured: MeasuredCapacity;
  /** Buyers who reserve at the same time. */
  readonly buyersAtOnce: number;
}

/** An assumption's value; the hit rates of a template without CDN or cache are 0. */
export function assumed(name: CapacityAssumptionName, { assume, usage, parts }: Scope): number {
  if (name === 'cdnHitRate' && !parts.cdn) return 0;
  if (name === 'cacheHitRate' && !parts.cache) return 0;
  return assumptionValue(name, assume, usage);
}
