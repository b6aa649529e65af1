import type { Command } from 'commander';
import type { ChangeReview, Verdict } from '../../lib/review/change/types';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { deployLine } from '../deploy/deploy-line';
import type { Options } from './command';
import type { ReviewedTemplate, Reviewer } from './reviewed-template';

/** Exit codes. */
export const changeCodes: Readonly<Record<Verdict, number>> = { safe: 0, downtime: 2, blocked: 3, 'not judged': 4 };

/** Of `--from` and `--to`. */
export function requestedChange(
  options: Options,
  reviewer: Reviewer,
  command: Command,
): { sides: readonly ReviewedTemplate[]; change: ChangeReview } {
  const { from, to } = options;
  if (from === undefined)
    return command.error(`error: --to ${to} needs --from: a size (${tierNames.join(', ')}) or a saved template of the store`);
  if (to === undefined) return command.error(`error: --from ${from} needs --to: ${tierNames.join(', ')}`);
  if (from === to) return command.error(`error: --from and --to are both ${to}; nothing changes`);
  const size = tierNames.find((name) => name === from);
  const before = size ? reviewer.ofSize(size) : reviewer.ofFile(from);
  const after = reviewer.ofSize(to, size ? undefined : before);
  return { sides: [before, after], change: changeReviewer()(before, after, to) };
}

/** Every change between the sizes, from the first to each other, and so on. */
export function allChanges(sizes: readonly (readonly [TierName, ReviewedTemplate])[]): readonly ChangeReview[] {
  const review = changeReviewer();
  return sizes.flatMap(([, from]) => sizes.filter(([, to]) => to !== from).map(([tier, to]) => review(from, to, tier)));
}

function changeReviewer(): (from: ReviewedTemplate, to: ReviewedTemplate, tier: TierName) => ChangeReview {
  // The specification of CloudFormation takes most of a second to load: only where a change is requested.
  const { ChangeReviewer } =
    require('../../lib/review/change/review-change') as typeof import('../../lib/review/change/review-change');
  const reviewer = new ChangeReviewer();
  return (from, to, tier) => {
    const { pinned, store } = to;
    const changeTier = pinned === undefined || pinned === tier ? undefined : `${pinned}:${tier}`;
    return reviewer.review({ from: sideOf(from), to: sideOf(to), deploy: deployLine({ tier, store, changeTier }) });
  };
}

function sideOf({ review, template }: ReviewedTemplate) {
  return { name: review.name, template, usdPerMonth: review.costIsAtLeast ? undefined : review.total };
}
