import type { StoreReview } from '../review-store';
import { usd } from './money';

/** Why a size does not hold a limit, in one line; undefined where it does. With a price missing nobody can say that it does. */
export function brokenLimit(review: StoreReview, maxUsd: number): string | undefined {
  const { name, region, total, missingPrices, unpricedTypes, unknownValues } = review;
  if (total.usdPerMonth > maxUsd) return `${name} costs ${usd(total.usdPerMonth)} USD a month, over the limit of ${usd(maxUsd)}`;
  const keys = [...new Set(missingPrices.map(({ key }) => key))];
  const types = unpricedTypes.map(({ type }) => type);
  const reasons = [
    ...(keys.length > 0 ? [`since prices are missing in ${region}: ${keys.join(', ')}`] : []),
    ...(unknownValues.length > 0
      ? [`since only AWS knows ${unknownValues.map((one) => `${one.property} of ${one.resource}`).join(', ')}`]
      : []),
    ...(types.length > 0 ? [`since nobody has priced ${types.join(', ')}`] : []),
  ];
  if (reasons.length === 0) return undefined;
  return `${name} costs ${usd(total.usdPerMonth)} USD a month and more; the limit of ${usd(maxUsd)} stays open, ${reasons.join('; ')}`;
}
