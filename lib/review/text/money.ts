/** USD a month. */
export interface Cost {
  readonly fixedUsdPerMonth: number;
  readonly usageUsdPerMonth: number;
  readonly usdPerMonth: number;
}

const formats = new Map<string, Intl.NumberFormat>();

/** One formatter per number of digits: creating one takes longer than using it a hundred times. */
function formatted(value: number, least: number, most: number): string {
  const key = `${least} ${most}`;
  const format =
    formats.get(key) ?? new Intl.NumberFormat('en-US', { minimumFractionDigits: least, maximumFractionDigits: most });
  formats.set(key, format);
  return format.format(value);
}

/** Whole dollars, since assumptions are no more exact; cents below ten; 0 below half a cent. */
export function usd(value: number): string {
  const digits = Math.abs(value) < 0.005 || Math.abs(value) >= 9.995 ? 0 : 2;
  return formatted(value, digits, digits);
}

/** `120 + 45`: fixed cost and usage. */
export function fixedAndUsage({ fixedUsdPerMonth, usageUsdPerMonth }: Omit<Cost, 'usdPerMonth'>): string {
  return `${usd(fixedUsdPerMonth)} + ${usd(usageUsdPerMonth)}`;
}

/** Dollars and cents. */
export function usdAndCents(value: number): string {
  return formatted(value, 2, 2);
}

/** A figure with at most so many digits after the point. */
export function figure(value: number, digits = 2): string {
  return formatted(value, 0, digits);
}

/** `1,200-1,900`, the smaller end first; one figure where both ends read alike. */
export function range(one: number, other: number, text: (value: number) => string): string {
  const [low, high] = [Math.min(one, other), Math.max(one, other)].map(text) as [string, string];
  return low === high ? low : `${low}-${high}`;
}

/** A difference: `+365`, `−1,240`, `+$24` with a unit. */
export function signedUsd(value: number, unit = ''): string {
  return `${value < 0 ? '−' : '+'}${unit}${usd(Math.abs(value))}`;
}

/** `1.6 ×`, `12 ×`; what is below 1 is never rounded up to it: `0.97 ×`. */
export function times(value: number): string {
  return `${value < 1 ? figure(Math.floor(value * 100) / 100) : figure(value, value < 10 ? 1 : 0)} ×`;
}

/** `1.02 ×`: never rounded up. */
export function exactly(value: number): string {
  return `${figure(value < 10 ? Math.floor(value * 100) / 100 : Math.floor(value))} ×`;
}

/** `2,000-5,000`; one figure where both ends are the same. */
export function rangeText(from: number, to: number): string {
  return range(from, to, (end) => figure(end));
}
