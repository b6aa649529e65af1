import { formatValue } from './format';
import { type DailyFigure, type Grown, type Growth, growthOf } from './growth';
import { daySeconds } from './measure';
import type { Part } from './part';
import type { ScoredRule } from './scored';

/** `2027-03` */
type Month = `${number}-${number}`;
export const notWithin = 'not within 24 months';
export const notKnown = 'not known';
export type Ending = Month | typeof notWithin | typeof notKnown;

/** When something ends if requests go on growing as they did. Where it is not known, all three say so. */
export interface End {
  /** At the fast end of the growth's band. */
  readonly early: Ending;
  readonly expected: Ending;
  /** At its slow end. */
  readonly late: Ending;
  /** Months from now to the expected end, 0 where it is reached, 24 at the most; undefined where it is not known. */
  readonly months: number | undefined;
  /** The same in whole days, rounded down; 730 at the most. */
  readonly days: number | undefined;
  /** What ends, or why it is not known. */
  readonly because: string;
}

export interface Forecast {
  /** Growth of the requests in percent a month; undefined where it is not known. */
  readonly percentAMonth: { readonly early: number; readonly expected: number; readonly late: number } | undefined;
  /** Days of requests behind it. */
  readonly days: number;
  /** Of a usual month at the end of the series. */
  readonly requestsPerMonth: number | undefined;
  /** When a part of the store reaches its limit. */
  readonly size: End;
  /** When the bill reaches the budget. */
  readonly budget: End;
}

/** USD a month at the usage of a month with `requests`. */
export interface CostOfLoad {
  readonly fixedUsd: number;
  readonly usageUsd: number;
  readonly requests: number;
  readonly budgetUsd: number;
}

export interface ForecastInput {
  readonly parts: readonly Part[];
  /** Requests to the load balancer, a day each. */
  readonly requests: readonly DailyFigure[];
  readonly now: Date;
  /** undefined: a price or the size is not known. @default - not known */
  readonly cost?: CostOfLoad | undefined;
}

const mostMonths = 24;
const daysAMonth = 365 / 12;

/**
 * What grows with the requests, to the level that counts as its end. A CPU's idle share does not grow, so that the end is rather too
 * early than too late. Tasks are left out: their number follows the load up to the maximum, which is the end of the requests.
 */
const endsAt: Partial<Readonly<Record<ScoredRule, 'warning' | 'critical'>>> = {
  'request-rate': 'warning', // what all tasks carry, at the most
  'database-cpu': 'critical',
  'replica-cpu': 'critical',
  'cache-cpu': 'critical',
};

/** The months in which size and budget end, by the growth of the requests. */
export function forecast({ parts, requests, now, cost }: ForecastInput): Forecast {
  const growth = growthOf(requests, now.getTime() / 1000);
  const known = typeof growth === 'string' ? undefined : growth;
  const monthly = (slope: number) => 100 * (Math.exp(slope * daysAMonth) - 1);
  return {
    percentAMonth: known && { early: monthly(known.early), expected: monthly(known.expected), late: monthly(known.late) },
    days: known?.days ?? requests.length,
    requestsPerMonth: known && known.level * daysAMonth,
    size: sizeEnd(parts, growth, now),
    budget: budgetEnd(cost, growth, now),
  };
}

function sizeEnd(parts: readonly Part[], growth: Growth | string, now: Date): End {
  const candidates = parts.filter(({ rule }) => endsAt[rule] !== undefined);
  const missing = candidates.filter(({ known, value }) => known < 1 || value === undefined).map(({ title }) => title);
  const limits = candidates.flatMap(({ rule, title, unit, value, ...levels }) => {
    const limit = levels[endsAt[rule] ?? 'critical'];
    return value === undefined || limit === undefined
      ? []
      : [{ factor: limit / value, text: `${title} at ${formatValue(limit, unit)}` }];
  });
  const [tightest] = limits.toSorted((one, other) => one.factor - other.factor);
  if (!tightest) return unknown('no part that bears load is known');
  const end = endOf(tightest.factor, growth, now);
  if (missing.length === 0 || end.months === 0 || end.months === undefined)
    return { ...end, because: end.because || tightest.text };
  return unknown(`not measured: ${missing.join(', ')}; of the others ${tightest.text} ends first, ${end.expected}`);
}

function budgetEnd(cost: CostOfLoad | undefined, growth: Growth | string, now: Date): End {
  if (!cost) return unknown('the size of the store or a price is not known');
  const { fixedUsd, usageUsd, requests, budgetUsd } = cost;
  const because = `USD ${Math.round(budgetUsd)} a month`;
  if (fixedUsd >= budgetUsd) return { ...endOf(1, growth, now), because };
  if (typeof growth === 'string') return unknown(growth);
  const usageNow = (usageUsd * growth.level * daysAMonth) / requests;
  const end = endOf((budgetUsd - fixedUsd) / usageNow, growth, now);
  return { ...end, because: end.because || `${because}; now about USD ${Math.round(fixedUsd + usageNow)}` };
}

/**
 * When an account's charges reach the budget, by their own growth: all that can be known without the prices of a store.
 * @param charges USD of a day each
 */
export function chargesEnd(charges: readonly DailyFigure[], budgetUsd: number, now: Date): End {
  const growth = growthOf(charges, now.getTime() / 1000, 'charges');
  if (typeof growth === 'string') return unknown(growth);
  const usdNow = growth.level * daysAMonth;
  const end = endOf(budgetUsd / usdNow, growth, now, 'charges');
  return { ...end, because: end.because || `USD ${Math.round(budgetUsd)} a month; now about USD ${Math.round(usdNow)}` };
}

const unknown = (because: string): End => ({
  early: notKnown,
  expected: notKnown,
  late: notKnown,
  months: undefined,
  days: undefined,
  because,
});

/** @param factor what grows may grow to, in its present amount; `because` is empty where the end is known */
function endOf(factor: number, growth: Growth | string, now: Date, grown: Grown = 'requests'): End {
  if (factor <= 1) {
    const month = monthAfter(now, 0);
    return { early: month, expected: month, late: month, months: 0, days: 0, because: '' };
  }
  if (typeof growth === 'string') return unknown(growth);
  if (growth.expected <= 0) return unknown(`${grown} do not grow`);
  const after = (slope: number) => (slope > 0 ? Math.log(factor) / slope / daysAMonth : Infinity);
  const untilEnd = after(growth.expected);
  const months = Math.min(untilEnd, mostMonths);
  return {
    early: ending(now, after(growth.early)),
    expected: ending(now, untilEnd),
    late: ending(now, after(growth.late)),
    months,
    days: Math.floor(months * daysAMonth),
    because: '',
  };
}

const ending = (now: Date, months: number): Ending => (months > mostMonths ? notWithin : monthAfter(now, months));

function monthAfter(now: Date, months: number): Month {
  return new Date(now.getTime() + months * daysAMonth * daySeconds * 1000).toISOString().slice(0, 7) as Month;
}
