import { requests } from '../../capacity/load-figures';
import type { CapacityReview, Load, Step } from '../../capacity/types';
import { signedUsd } from '../../text/money';

/** `1,240 requests/s` */
export function loadText(load: Load): string {
  return `${requests(load)} requests/s`;
}

/** Requirements of the documents that a size does not meet, and the upgrade that does; empty if it meets all. */
export function shortfalls(name: string, capacity: CapacityReview): string[] {
  const short = capacity.demands.filter(({ verdict }) => verdict === 'falls short');
  if (short.length === 0) return [];
  const lines = short.map((demand) => `${name} falls short of ${demand.required}: ${demand.capacity}`);
  const { recommendedUpgrade } = capacity;
  return [
    ...lines,
    recommendedUpgrade
      ? `  → ${recommendedUpgrade.text}${stepPrice(recommendedUpgrade)}: ${recommendedUpgrade.lines.join(', ')}`
      : `  → npm start -- --tier ${name}`,
  ];
}

/** `, +365 USD a month`; empty if a price is missing. */
export function stepPrice({ usdPerMonth }: Step): string {
  return usdPerMonth === undefined ? '' : `, ${signedUsd(usdPerMonth)} USD a month`;
}
