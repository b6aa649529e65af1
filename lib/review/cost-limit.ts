import type { StoreReview } from './review-store';
import { usd } from './text/money';

/** Why a size does not stay within a cost limit, in one line; undefined if it does. With a missing price it is not known to. */
export function brokenLimit(review: StoreReview, maxUsd: number): string | undefined {
  const { name, region, total, missingPrices, unpricedTypes, unknownValues } = review;
  if (total.usdPerMonth > maxUsd) return `${name} costs ${usd(total.usdPerMonth)} USD a month, over the limit of ${usd(maxUsd)}`;
  const keys = [...new Set(missingPrices.map(({ key }) => key))];
  const types = unpricedTypes.map(({ type }) => type);
  const reasons = [
    ...(keys.length > 0 ? [`prices are missing in ${region}: ${keys.join(', ')}`] : []),
    ...(unknownValues.length > 0
      ? [`only AWS knows ${unknownValues.map((one) => `${one.property} of ${one.resource}`).join(', ')}`]
      : []),
    ...(types.length > 0 ? [`no rule prices ${types.join(', ')}`] : []),
  ];
  if (reasons.length === 0) return undefined;
  return `${name} costs ${usd(total.usdPerMonth)} USD a month or more; whether it stays within ${usd(maxUsd)} is not known: ${reasons.join('; ')}`;
}
