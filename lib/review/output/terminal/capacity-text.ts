import { requests } from '../../capacity/load-figures';
import type { CapacityReview, Load, Step } from '../../capacity/types';
import { signedUsd } from '../../text/money';

/** `1,240 requests/s` */
export function loadText(load: Load): string {
  return `${requests(load)} requests/s`;
}

/** What a size does not carry of what its documents claim, and what would fix it; empty where it carries all. */
export function shortfalls(name: string, capacity: CapacityReview): string[] {
  const short = capacity.demands.filter(({ verdict }) => verdict === 'falls short');
  if (short.length === 0) return [];
  const lines = short.map((demand) => `${name} falls short: ${demand.capacity} of ${demand.required}`);
  const { recommendedUpgrade } = capacity;
  return [
    ...lines,
    recommendedUpgrade
      ? `  what would: ${recommendedUpgrade.text}${stepPrice(recommendedUpgrade)} → ${recommendedUpgrade.lines.join(', ')}`
      : `  → npm start -- --tier ${name}`,
  ];
}

/** `, +365 USD a month`; nothing where a price is missing. */
export function stepPrice({ usdPerMonth }: Step): string {
  return usdPerMonth === undefined ? '' : `, ${signedUsd(usdPerMonth)} USD a month`;
}
