import type { MeasuredCapacity } from '../../facts/measured-capacity';
import type { MonthlyUsage } from '../../tiers/tier';
import { type AssumptionValues, assumptionValue } from './assumptions';
import type { StoreParts } from './store-parts';
import type { CapacityAssumptionName } from './types';

/** What a limit may look at. */
export interface Scope {
  readonly parts: StoreParts;
  readonly region: string;
  readonly usage: MonthlyUsage;
  readonly assume: AssumptionValues;
  readonly measured: MeasuredCapacity;
  /** Buyers who reserve in one moment. */
  readonly buyersAtOnce: number;
}

/** An assumption's value; what is not there answers nothing: the hit rates of a template without CDN or cache are 0. */
export function assumed(name: CapacityAssumptionName, { assume, usage, parts }: Scope): number {
  if (name === 'cdnHitRate' && !parts.cdn) return 0;
  if (name === 'cacheHitRate' && !parts.cache) return 0;
  return assumptionValue(name, assume, usage);
}
