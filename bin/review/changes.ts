import type { Command } from 'commander';
import type { ChangeReview, Verdict } from '../../lib/review/change/types';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import type { Options } from './command';
import type { ReviewedTemplate, Reviewer } from './reviewed-template';

/** By the verdict of the one change that was asked for. */
export const changeCodes: Readonly<Record<Verdict, number>> = { safe: 0, downtime: 2, blocked: 3, 'not judged': 4 };

/** The change that `--from` and `--to` ask for. */
export function requestedChange(
  options: Options,
  reviewer: Reviewer,
  command: Command,
): { reviewer: readonly ReviewedTemplate[]; change: ChangeReview } {
  const { from, to } = options;
  if (from === undefined)
    return command.error(`error: --to ${to} needs --from: a size (${tierNames.join(', ')}) or a saved template of the store`);
  if (to === undefined) return command.error(`error: --from ${from} needs --to: ${tierNames.join(', ')}`);
  if (from === to) return command.error(`error: --from and --to are both ${to}; that is no change of size`);
  const size = tierNames.find((name) => name === from);
  const before = size ? reviewer.ofSize(size) : reviewer.ofFile(from);
  const after = reviewer.ofSize(to, size ? undefined : before);
  return { reviewer: [before, after], change: changeOf(before, after, to) };
}

/** Every change between the sizes, the reviews' order: from the first to each other, and so on. */
export function allChanges(sizes: readonly (readonly [TierName, ReviewedTemplate])[]): readonly ChangeReview[] {
  return sizes.flatMap(([, from]) => sizes.filter(([, to]) => to !== from).map(([tier, to]) => changeOf(from, to, tier)));
}

function changeOf(from: ReviewedTemplate, to: ReviewedTemplate, tier: TierName): ChangeReview {
  // The specification of CloudFormation takes most of a second to load: only where a change is asked for.
  const { reviewChange } =
    require('../../lib/review/change/review-change') as typeof import('../../lib/review/change/review-change');
  return reviewChange({
    from: sideOf(from),
    to: sideOf(to),
    deploy: deployCommand(tier, to),
  });
}

function sideOf({ review, template }: ReviewedTemplate) {
  return { name: review.name, template, ...(!review.costIsAtLeast && { usdPerMonth: review.total }) };
}

function deployCommand(tier: TierName, { pinned, store }: ReviewedTemplate): string {
  return [
    'npx cdk deploy',
    ...(store === undefined ? [] : [`store=${store}`]),
    `tier=${tier}`,
    ...(pinned === undefined || pinned === tier ? [] : [`changeTier=${pinned}:${tier}`]),
  ].join(' --context ');
}
