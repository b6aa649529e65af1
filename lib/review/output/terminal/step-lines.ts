import type { StoreReview } from '../../review-store';
import { stepsUp } from '../../steps-up';
import { stepTexts } from '../../text/step-texts';

/** What each step to the next size costs for what it adds, a line each. */
export function stepLines(reviews: readonly StoreReview[]): string[] {
  return stepsUp(reviews).map((step) => {
    const { cost, users, each } = stepTexts(step);
    return `step ${step.from} → ${step.to}: USD a month ${cost}; concurrent users added ${users}; each USD ${each}`;
  });
}
