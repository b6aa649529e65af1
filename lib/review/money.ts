/** Whole dollars, since assumptions are no more exact; cents below ten, and nothing less than a cent. */
export function usd(value: number): string {
  const digits = Math.abs(value) < 0.005 || Math.abs(value) >= 9.995 ? 0 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Dollars and cents. */
export function usdAndCents(value: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** A figure with at most so many digits after the point. */
export function figure(value: number, digits = 2): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
