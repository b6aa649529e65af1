import type { Month } from '../../usage/month';
import { withOrders } from '../../usage/with-orders';
import type { Pricer } from './cost';
import { totalOf } from './total-cost';

/** The bill of a store by the orders of a month; lib/usage/with-orders.ts says which figures grow with them. */
export interface CostByOrders {
  /** From 100 to 10 million orders, those of the store’s own month and `maxOrders` among them; fewest first. */
  readonly points: readonly OrdersPoint[];
  /** Orders up to which the store meets all that it has to bear, which grows with them; undefined: not known. */
  readonly maxOrders: number | undefined;
}

export interface OrdersPoint {
  readonly orders: number;
  /** Beyond `maxOrders` what its month would cost on the same resources. */
  readonly usdPerMonth: number;
}

const [first, last, pointsEach] = [2, 7, 3] as const;

/** Evenly spaced on a logarithmic scale. */
const steps: readonly number[] = Array.from({ length: (last - first) * pointsEach + 1 }, (_, index) =>
  Math.round(10 ** (first + index / pointsEach)),
);
export const fewestOrders = 10 ** first;
export const mostOrders = 10 ** last;

/** @returns undefined for a month without orders, which has nothing that could grow */
export function costByOrders(pricer: Pricer, month: Month, maxOrders: number | undefined): CostByOrders | undefined {
  const own = month.usage.orders;
  if (own <= 0) return undefined;
  const marked = [own, maxOrders ?? own].filter((orders) => orders >= fewestOrders && orders <= mostOrders);
  const all = [...new Set([...steps, ...marked])].toSorted((one, other) => one - other);
  return {
    maxOrders,
    points: all.map((orders) => ({
      orders,
      usdPerMonth: totalOf(pricer.at(withOrders(month, orders).usage).lines).usdPerMonth,
    })),
  };
}
