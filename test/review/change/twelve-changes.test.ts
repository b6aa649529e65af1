import { join } from 'node:path';
import { ChangeReviewer } from '../../../lib/review/change/review-change';
import type { ChangeReview } from '../../../lib/review/change/types';
import { type TierName, tierNames } from '../../../lib/tiers/tier';
import { golden } from '../../support/golden';
import { reviewedTemplate } from '../../support/reviewed-templates';
import { templateOf } from '../../support/stores';
import { goldenText } from './golden-text';

const pairs = tierNames.flatMap((from) => tierNames.map((to) => [from, to] as const)).filter(([from, to]) => from !== to);
const upwards = pairs.filter(([from, to]) => tierNames.indexOf(from) < tierNames.indexOf(to));
const downwards = pairs.filter(([from, to]) => tierNames.indexOf(from) > tierNames.indexOf(to));

const reviewer = new ChangeReviewer();

function review(from: TierName, to: TierName, template = reviewedTemplate): ChangeReview {
  return reviewer.review({
    from: { name: from, template: template(from) },
    to: { name: to, template: template(to) },
    deploy: `npx cdk deploy --context tier=${to}`,
  });
}

const storageGb: Readonly<Record<TierName, number>> = { small: 20, medium: 100, large: 400, enterprise: 600 };

const shrinking = (from: TierName) => [
  `"database": { "storageGb": ${storageGb[from]} }`,
  'or a database of its own beside it, by a blue/green deployment: docs/changes.md, "Smaller storage"',
];

test.each(pairs)('%s → %s says what its golden file says', (from, to) => {
  const text = goldenText(review(from, to));
  expect(text).toBe(golden(join(__dirname, `golden/${from}-${to}.txt`), text));
});

test.each(upwards)('%s → %s is safe but for interruptions, and the way back is blocked by storage alone', (from, to) => {
  const { verdict, blocks, dataAtRisk, rollback: back } = review(from, to);
  expect({ verdict, blocks, dataAtRisk, rollback: back.verdict }).toEqual({
    verdict: 'downtime',
    blocks: [],
    dataAtRisk: [],
    rollback: 'blocked',
  });
  expect(back.workaround).toEqual(shrinking(to));
});

test.each(downwards)('%s → %s is blocked by the storage, and by nothing else', (from, to) => {
  const { verdict, blocks, dataAtRisk } = review(from, to);
  expect(verdict).toBe('blocked');
  expect(dataAtRisk).toEqual([]);
  expect(blocks.map(({ rule, part, workaround }) => ({ rule, part, workaround }))).toEqual([
    { rule: 'storage-shrinks', part: 'database', workaround: shrinking(from) },
  ]);
});

test.each(downwards)('%s → %s interrupts and blocks nothing where the setting keeps the storage', (from, to) => {
  const {
    verdict,
    blocks,
    irreversible,
    rollback: back,
  } = review(from, to, (tier) => templateOf(tier, tier === to ? { database: { storageGb: storageGb[from] } } : {}));
  expect({ verdict, blocks }).toEqual({ verdict: 'downtime', blocks: [] });
  expect(irreversible.filter((line) => line.startsWith('storage'))).toEqual([]);
  expect(back.verdict).toBe('downtime');
});

test('a pair that is reviewed twice has the same effects', () => {
  expect(review('small', 'medium').parts).toEqual(review('small', 'medium').parts);
});
