import type { Command } from 'commander';
import type { ChangeReview, Verdict } from '../../lib/review/change/types';
import { tierNames } from '../../lib/tiers/tier';
import { deployLine } from '../deploy/deploy-line';
import type { Options } from './command';
import type { ReviewedTemplate, Reviewer } from './reviewed-template';

/** Exit codes. */
export const changeCodes: Readonly<Record<Verdict, number>> = { safe: 0, degraded: 2, downtime: 2, blocked: 3, 'not judged': 4 };

/** Of `--from` and `--to`. */
export function requestedChange(
  options: Options,
  reviewer: Reviewer,
  command: Command,
): { readonly sides: readonly ReviewedTemplate[]; readonly change: ChangeReview } {
  const { from, to } = options;
  if (from === undefined)
    return command.error(`error: --to ${to} needs --from: a size (${tierNames.join(', ')}) or a saved template of the store`);
  if (to === undefined) return command.error(`error: --from ${from} needs --to: ${tierNames.join(', ')}`);
  if (from === to) return command.error(`error: --from and --to are both ${to}; nothing changes`);
  const size = tierNames.find((name) => name === from);
  const before = size ? reviewer.ofSize(size) : reviewer.ofFile(from);
  const after = reviewer.ofSize(to, size ? undefined : before);
  return { sides: [before, after], change: changeReviewer()(sideOf(before), sideOf(after)) };
}

/** Every change between the sizes, from the first to each other, and so on. */
export function allChanges(sizes: readonly ReviewedTemplate[]): readonly ChangeReview[] {
  const sides = sizes.map(sideOf);
  const review = changeReviewer();
  return sides.flatMap((from) => sides.filter((to) => to !== from).map((to) => review(from, to)));
}

type Side = ReturnType<typeof sideOf>;

function changeReviewer(): (from: Side, to: Side) => ChangeReview {
  // The specification of CloudFormation takes most of a second to load: only where a change is requested.
  const { ChangeReviewer } =
    require('../../lib/review/change/review-change') as typeof import('../../lib/review/change/review-change');
  const reviewer = new ChangeReviewer();
  return (from, to) => reviewer.review({ from, to, deploy: to.deploy });
}

function sideOf({ name, template, cost, tier, store, pinned }: ReviewedTemplate) {
  const changeTier = pinned === undefined || pinned === tier ? undefined : `${pinned}:${tier}`;
  return { name, template, usdPerMonth: cost(), deploy: deployLine({ tier, store, changeTier }) };
}
