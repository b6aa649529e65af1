import { daySeconds } from './measure';
import { median } from './percentile';

/** A figure of one whole day in UTC. */
export interface DailyFigure {
  /** Epoch seconds of the day's start. */
  readonly at: number;
  readonly value: number;
}

/** Growth a day as a natural logarithm: 0.01 is about 1% a day. Early is the fast end of the band. */
export interface Growth {
  readonly early: number;
  readonly expected: number;
  readonly late: number;
  /** Of the series behind it. */
  readonly days: number;
  /** A usual day's figure at the end of the series. */
  readonly level: number;
}

/** Two of each weekday: less has no slope of its own for every weekday. */
const leastDays = 14;
/** Of the days between the first and the last: below, too much of the series is missing. */
const leastShareOfDays = 0.75;
/** The series must reach the present: days between its last and now. */
const mostDaysAgo = 3;
/** Two-sided 90% of the normal distribution. */
const quantile = 1.645;
const week = 7;

/** What grows, in words: `requests`. */
export type Grown = 'requests' | 'charges';

/**
 * Compound growth by Theil and Sen through the logarithms, between days of the same weekday alone, so that a week's rhythm is no trend.
 * The band is Sen's (1968) 90% for the slope, with the variance that Hirsch and Slack (1982) give where seasons are compared each with
 * itself. docs/decisions/45-forecast.md says why.
 * @param now epoch seconds
 * @returns why the growth is not known, where it is not
 */
export function growthOf(figures: readonly DailyFigure[], now: number, grown: Grown = 'requests'): Growth | string {
  const days = figures
    .filter(({ at, value }) => value > 0 && Number.isFinite(value) && at < now)
    .map(({ at, value }) => ({ day: Math.round(at / daySeconds), value: Math.log(value) }))
    .toSorted((one, other) => one.day - other.day);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || days.length < leastDays) return `${days.length} days of ${grown}, and ${leastDays} are needed`;
  const span = last.day - first.day + 1;
  if (days.length / span < leastShareOfDays) return `${grown} on ${days.length} of ${span} days: too many gaps`;
  if (now / daySeconds - last.day > mostDaysAgo + 1) return `no ${grown} in the last ${mostDaysAgo} days`;

  const seasons = [...Map.groupBy(days, ({ day }) => day % week).values()];
  const slopes = seasons.flatMap(slopesOf).toSorted((a, b) => a - b);
  const expected = median(slopes);
  const reach = quantile * Math.sqrt(seasons.reduce((total, { length: n }) => total + (n * (n - 1) * (2 * n + 5)) / 18, 0));
  const [late, early] = [(slopes.length - reach) / 2, (slopes.length + reach) / 2 + 1].map((rank) => ofRank(slopes, rank));
  const level = Math.exp(median(days.map(({ day, value }) => value + expected * (last.day - day))));
  return {
    early: Math.max(early ?? expected, expected),
    expected,
    late: Math.min(late ?? expected, expected),
    days: days.length,
    level,
  };
}

/** Of all pairs of one weekday. */
function slopesOf(days: readonly { readonly day: number; readonly value: number }[]): readonly number[] {
  return days.flatMap((day, index) => days.slice(index + 1).map((later) => (later.value - day.value) / (later.day - day.day)));
}

/** The value of a rank that counts from 1, between two where it is between them; the ends beyond the ends. */
function ofRank(sorted: readonly number[], rank: number): number {
  const index = Math.min(Math.max(rank - 1, 0), sorted.length - 1);
  const [lower, upper] = [sorted[Math.floor(index)] ?? 0, sorted[Math.ceil(index)] ?? 0];
  return lower + (upper - lower) * (index - Math.floor(index));
}
