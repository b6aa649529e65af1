import { measuredCapacity } from '../../facts/measured-capacity';
import type { Month } from '../../usage/month';
import { scaledMonth } from '../../usage/scaled-month';
import { demandsOf } from './demands';
import type { ScopeOf } from './limits/table';
import type { CapacityInput } from './review-capacity';
import { readingOf } from './steps/recommended-upgrade';
import { StoreParts } from './store-parts';
import type { Demand } from './types';

type Input = Pick<CapacityInput, 'template' | 'region' | 'assume' | 'isKnownType'>;

/** Headroom that counts as none left. */
const enough = 0.005;
const mostTries = 10;

/**
 * Orders of the largest month that the store carries, to three digits and never rounded up: at it, the first of the demands, all of which
 * grow with the orders, is about to fall short. undefined: one of them is not known, or there is nothing that could grow.
 * @param demands of the month itself
 */
export function carriesUpTo(input: Input, month: Month, demands: readonly Demand[]): number | undefined {
  let headroom = leastHeadroom(demands);
  let factor = 1;
  for (let tried = 0; tried < mostTries && headroom !== undefined && Math.abs(headroom - 1) > enough; tried += 1) {
    factor *= headroom; // exact where a demand grows as the orders do, and nearer each time where a part of it stays
    if (factor === 0) return 0;
    headroom = Number.isFinite(factor) ? leastHeadroom(demandsAt(factor, input, month)) : undefined;
  }
  return headroom === undefined || month.usage.orders <= 0
    ? undefined
    : floored(month.usage.orders * factor * Math.min(1, headroom));
}

/** undefined: one is not known, and may be the least. */
export function leastHeadroom(demands: readonly Demand[]): number | undefined {
  const known = demands.flatMap(({ headroom }) => (headroom === undefined ? [] : [headroom]));
  return known.length === demands.length && known.length > 0 ? Math.min(...known) : undefined;
}

function demandsAt(factor: number, { template, region, assume = {}, isKnownType }: Input, month: Month): readonly Demand[] {
  const { usage, serves } = scaledMonth(month, factor);
  const buyersAtOnce = serves.buyersAtOnce.figure;
  const scopeOf: ScopeOf = (view) => ({
    parts: new StoreParts(view),
    region,
    usage,
    assume,
    measured: measuredCapacity,
    buyersAtOnce,
  });
  return demandsOf(serves, readingOf(template, scopeOf, isKnownType));
}

function floored(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(Math.max(value, 1))) - 2);
  return Math.floor(value / unit) * unit;
}
