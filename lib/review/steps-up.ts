import type { StoreReview } from './review-store';

/** What the next size costs for what it adds. */
export interface StepUp {
  readonly from: string;
  readonly to: string;
  /** More of a month; undefined where something has no price. */
  readonly usdPerMonth: number | undefined;
  /** Concurrent users that it carries beyond those of the smaller one; undefined if not known. */
  readonly usersAdded: number | undefined;
  /** USD a month of each of them. */
  readonly usdPerUserAdded: number | undefined;
}

/** From each size to the next one in their order. */
export function stepsUp(reviews: readonly StoreReview[]): readonly StepUp[] {
  return reviews.slice(1).map((next, index) => stepUp(reviews[index] ?? next, next));
}

function stepUp(from: StoreReview, to: StoreReview): StepUp {
  const priced = !from.costIsAtLeast && !to.costIsAtLeast;
  const usdPerMonth = priced ? to.total.usdPerMonth - from.total.usdPerMonth : undefined;
  const [before, after] = [usersOf(from), usersOf(to)];
  const usersAdded = before === undefined || after === undefined ? undefined : after - before;
  const known = usdPerMonth !== undefined && usersAdded !== undefined && usersAdded > 0;
  return { from: from.name, to: to.name, usdPerMonth, usersAdded, usdPerUserAdded: known ? usdPerMonth / usersAdded : undefined };
}

/** At the careful end; an upper bound is no figure to divide by. */
const usersOf = ({ capacity: { maxLoad, complete } }: StoreReview): number | undefined =>
  complete ? maxLoad?.concurrentUsers : undefined;
