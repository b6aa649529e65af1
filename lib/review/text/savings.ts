import type { Saving } from '../cost/savings/types';
import { usdAndCents } from './money';

/** `92.27`; what has no figure says so, and what the store has already. */
export function savedUsd({ usdPerMonth }: Pick<Saving, 'usdPerMonth'>): string {
  if (usdPerMonth === undefined) return 'not known';
  return usdPerMonth === 0 ? 'taken' : usdAndCents(usdPerMonth);
}
