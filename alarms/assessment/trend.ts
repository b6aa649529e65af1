import { daySeconds, type Point, pointSeconds, type TimeWindow } from './measure';
import { median, worstOfMost } from './percentile';

/** A line through fewer days says nothing. */
const leastDays = 3;
/** A day of which less is known does not count. */
const leastShareOfADay = 0.25;
/** Of all pairs of days, so many must grow towards the limit: less is a wobble. */
const leastGrowingShare = 2 / 3;
/** A week's line tells nothing about a time further away. */
const furthestDays = 365;

export interface Direction {
  readonly worse: 'higher' | 'lower';
  readonly limit: number;
}

/**
 * Days until the measure reaches its limit if it goes on as it did; 0 where it has. undefined when it does not grow, or not clearly.
 * A line by Theil and Sen through each day's p95: the median of the slopes between all pairs of days, which a single bad day, a drop
 * or a gap does not bend, and which has no parameter to choose.
 */
export function daysUntil({ worse, limit }: Direction, points: readonly Point[], window: TimeWindow): number | undefined {
  const days = dailyValues(points, worse, window);
  if (days.length < leastDays) return undefined;

  const towards = worse === 'higher' ? 1 : -1;
  const slopes = days.flatMap((day, index) =>
    days.slice(index + 1).map((later) => ((later.value - day.value) * towards) / (later.day - day.day)),
  );
  const slope = median(slopes);
  const growing = slopes.filter((one) => one > 0).length / slopes.length;
  if (slope <= 0 || growing < leastGrowingShare) return undefined;

  const today = median(days.map(({ day, value }) => value * towards - slope * day)); // days count back from the window's end
  const left = (limit * towards - today) / slope;
  return left > furthestDays ? undefined : Math.max(0, Math.floor(left));
}

/** Each day's p95 at its middle, in days before the window's end (negative). */
function dailyValues(points: readonly Point[], worse: Direction['worse'], window: TimeWindow) {
  const least = (leastShareOfADay * daySeconds) / pointSeconds;
  const days = Map.groupBy(points, ({ at }) => Math.ceil((window.to - at) / daySeconds));
  return [...days]
    .filter(([, own]) => own.length >= least)
    .toSorted(([one], [other]) => other - one)
    .flatMap(([ago, own]) => {
      const value = worstOfMost(
        own.map((point) => point.value),
        worse,
      );
      return value === undefined ? [] : [{ day: 0.5 - ago, value }];
    });
}
