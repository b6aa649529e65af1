import type { CostLine } from '../cost/bill';
import type { StoreReview } from '../review-store';

/** A source of prices, with the number by which cost lines refer to it. */
export interface PriceSource extends Pick<CostLine, 'source' | 'sourceDate' | 'confidence'> {
  readonly number: number;
  readonly lines: readonly CostLine[];
}

/** The sources of cost lines, each once, numbered from 1 in the order of the lines. */
export function priceSources(lines: readonly CostLine[]): readonly PriceSource[] {
  const groups = Map.groupBy(lines, ({ source, sourceDate, confidence }) => `${sourceDate} ${confidence} ${source}`);
  return [...groups.values()].flatMap((own, index) => {
    const [first] = own;
    if (!first) return [];
    const { source, sourceDate, confidence } = first;
    return [{ number: index + 1, source, sourceDate, confidence, lines: own }];
  });
}

/** First and last date of the prices' sources: a day, a month or a year; undefined if nothing has a price. */
export function priceDates(reviews: readonly StoreReview[]): string | undefined {
  const dates = reviews.flatMap(({ lines }) => lines.map(({ sourceDate }) => sourceDate)).filter((date) => /^\d/.test(date));
  const [first, last] = [dates.toSorted()[0], dates.toSorted().at(-1)];
  return first === last ? first : `${first} to ${last}`;
}
