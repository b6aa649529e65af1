import { type End, type Forecast, notKnown } from './forecast';
import { dayCount, figure } from './format';

/** Growth with what it is counted by and its band: `by the requests of 182 days: +6.3% a month (+5.1% to +7.4%)`; undefined: not known. */
export function growthText({ percentAMonth: growth, days }: Forecast): string | undefined {
  if (!growth) return undefined;
  const { early, expected, late } = growth;
  return `by the requests of ${dayCount(days)}: ${signed(expected)} a month (${signed(late)} to ${signed(early)})`;
}

/** A month with its band: `2027-08 (2027-06 to 2027-11)`, `now, 2026-11`, `not known`. */
export function endText({ early, expected, late, months }: End): string {
  if (months === 0) return `now, ${expected}`;
  return early === late || expected === notKnown ? expected : `${expected} (${early} to ${late})`;
}

function signed(percent: number): string {
  const text = figure(Math.abs(percent));
  if (text === '0') return '0%';
  return `${percent < 0 ? '−' : '+'}${text}%`;
}
