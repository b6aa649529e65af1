import { join } from 'node:path';
import { details } from '../../../../lib/review/output/terminal/details';
import { overview } from '../../../../lib/review/output/terminal/overview';
import { reviewSize } from '../../../../lib/review/review-size';
import type { StoreReview } from '../../../../lib/review/review-store';
import { type TierName, tierNames } from '../../../../lib/tiers/tier';
import { golden } from '../../../support/golden';
import { reviewedTemplate } from '../../../support/reviewed-templates';
import { storeConfig } from '../../../support/stores';

const reviewOf = (tier: TierName): StoreReview => reviewSize(storeConfig(tier), reviewedTemplate(tier));
const file = (name: string) => join(__dirname, `golden/${name}.txt`);
const plain = { colour: false };

/** Lines and characters of the screen that the overview has to fit on. */
const screen = { lines: 33, width: 100 };

test('the overview of the four sizes says what its golden file says', () => {
  const text = overview(tierNames.map(reviewOf), plain);

  expect(text).toBe(golden(file('overview'), text));
});

test('the overview of the four sizes fits on one screen', () => {
  const lines = overview(tierNames.map(reviewOf), plain).split('\n');

  expect(lines.length).toBeLessThanOrEqual(screen.lines);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(screen.width);
});

test.each(tierNames)('the review of the %s size says what its golden file says', (tier) => {
  const text = details(reviewOf(tier), plain);

  expect(text).toBe(golden(file(tier), text));
});
