import type { Foreseen } from './foreseen';

/** Why a line costs more or less than the review says; the two add up to the difference. USD. */
export interface Split {
  /** What the review would say of the billed quantity, less what it says of its own. */
  readonly quantityUsd: number;
  /** What was billed, less what the review would say of that quantity: another price, a discount, or allowances that others used up. */
  readonly priceUsd: number;
}

export function split(foreseen: Foreseen, billed: { readonly quantity: number; readonly usd: number }): Split {
  const atOurPrices = usdOf(foreseen, billed.quantity);
  return { quantityUsd: atOurPrices - foreseen.usd, priceUsd: billed.usd - atOurPrices };
}

/**
 * The review's USD for another quantity: more is free while the allowance lasts, and costs what the last unit costs; less takes away units
 * that are paid for first.
 */
function usdOf({ quantity, usd, unitUsd, freeLeft }: Foreseen, billed: number): number {
  const more = billed - quantity;
  return more >= 0 ? usd + Math.max(0, more - freeLeft) * unitUsd : Math.max(0, usd + more * unitUsd);
}
