import type { Month } from '../../usage/month';
import { withOrders } from '../../usage/with-orders';
import { demandsOf } from './demands';
import type { CapacityInput } from './review-capacity';
import { scopeOfMonth } from './scope';
import { readingOf } from './steps/recommended-upgrade';
import type { Demand } from './types';

type Input = Pick<CapacityInput, 'template' | 'region' | 'assume' | 'isKnownType'>;

/** Headroom that counts as none left. */
const enough = 0.005;
const mostTries = 10;

/**
 * Orders of the largest month that the store carries, to three digits and never rounded up: at it, the first of the demands, all of which
 * grow with the orders, is about to fall short. undefined: one of them is not known, or there is nothing that could grow.
 */
export function maxOrdersOf(input: Input, month: Month): number | undefined {
  let orders = month.usage.orders;
  for (let tried = 0; tried < mostTries && orders > 0; tried += 1) {
    const headroom = leastHeadroom(demandsAt(orders, input, month));
    if (headroom === undefined || !Number.isFinite(headroom)) return undefined;
    if (Math.abs(headroom - 1) < enough) return floored(orders * Math.min(1, headroom));
    orders *= headroom; // exact where a demand grows as the orders do, and nearer each time where a part of it stays
  }
  return month.usage.orders > 0 ? floored(orders) : undefined;
}

/** undefined: one is not known, and may be the least. */
export function leastHeadroom(demands: readonly Demand[]): number | undefined {
  const known = demands.flatMap(({ headroom }) => (headroom === undefined ? [] : [headroom]));
  return known.length === demands.length && known.length > 0 ? Math.min(...known) : undefined;
}

function demandsAt(orders: number, { template, region, assume, isKnownType }: Input, month: Month): readonly Demand[] {
  const { usage, serves } = withOrders(month, orders);
  return demandsOf(serves, readingOf(template, scopeOfMonth({ region, usage, serves, assume }), isKnownType));
}

function floored(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(Math.max(value, 1))) - 2);
  return Math.floor(value / unit) * unit;
}
