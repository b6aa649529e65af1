import type { BilledGroup } from './billed';
import { type Foreseen, knownPrices } from './foreseen';

/** A price that AWS billed at, and that differs from this project's by more than a hundredth. USD for one unit. */
export interface PriceWarning {
  readonly part: string;
  readonly key: string;
  readonly unit: string;
  /** Prices of lib/facts/prices.json, each tier. */
  readonly ours: readonly number[];
  readonly theirs: number;
  /**
   * `list`: AWS's list price of the export. `spot`: what Spot cost on average, which has no list price. `billed`: the export has no list
   * price, so it may be a discount or an allowance.
   */
  readonly kind: 'list' | 'spot' | 'billed';
  readonly quantity: number;
}

const mostDifference = 0.01;

/**
 * List prices that are no tier of ours, unless one of ours was billed: an export lists the last tier, whichever was billed. What was billed
 * below a list price is a discount, a savings plan or an allowance, and no reason to warn.
 */
export function priceWarnings(placed: ReadonlyMap<Foreseen, readonly BilledGroup[]>, region: string): readonly PriceWarning[] {
  return [...placed].flatMap(([line, groups]) => {
    const ours = knownPrices(line.key, region);
    return comparable(line, groups).flatMap(({ theirs, kind, quantity, usd }) => {
      const known = ours.some((price) => near(theirs, price) || near(usd / quantity, price));
      return known ? [] : [{ part: line.part, key: line.key, unit: line.unit, ours, theirs, kind, quantity }];
    });
  });
}

interface Comparable extends Pick<PriceWarning, 'theirs' | 'kind' | 'quantity'> {
  /** What was billed at the price. */
  readonly usd: number;
}

/** A line's rows by their price; the price of Spot differs by the hour and the zone, and is compared as one. */
function comparable({ key }: Foreseen, groups: readonly BilledGroup[]): readonly Comparable[] {
  const isSpot = key.includes('fargate.spot');
  const byPrice = Map.groupBy(groups, ({ listUsd }) => (isSpot ? 0 : (listUsd ?? 0)));
  return [...byPrice].flatMap(([listUsd, same]): readonly Comparable[] => {
    const quantity = same.reduce((sum, group) => sum + group.quantity, 0);
    const usd = same.reduce((sum, group) => sum + group.usd, 0);
    if (quantity <= 0 || (listUsd === 0 && usd <= 0)) return []; // nothing was paid for, and no list price is given
    if (listUsd > 0) return [{ theirs: listUsd, kind: 'list', quantity, usd }];
    return [{ theirs: usd / quantity, kind: isSpot ? 'spot' : 'billed', quantity, usd }];
  });
}

const near = (one: number, other: number): boolean => Math.abs(one - other) <= other * mostDifference;
