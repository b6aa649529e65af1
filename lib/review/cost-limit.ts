import { usd } from './money';
import type { StoreReview } from './store-review';

/** Why a size does not hold a limit, in one line; undefined where it does. With a price missing nobody can say that it does. */
export function brokenLimit({ name, region, total, missingPrices }: StoreReview, maxUsd: number): string | undefined {
  if (total.usd > maxUsd) return `${name} costs ${usd(total.usd)} USD a month, over the limit of ${usd(maxUsd)}`;
  if (missingPrices.length === 0) return undefined;
  const keys = [...new Set(missingPrices.map(({ key }) => key))];
  const sum = `${name} costs ${usd(total.usd)} USD a month and more; the limit of ${usd(maxUsd)} stays open`;
  return `${sum}, since prices are missing in ${region}: ${keys.join(', ')}`;
}
