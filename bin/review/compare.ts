import type { Command } from 'commander';
import { type BillComparison, compareBills } from '../../lib/review/compare/compare-bills';
import { reviewSaved } from '../../lib/review/review-size';
import type { StoreReview } from '../../lib/review/review-store';
import { regionOf } from '../../lib/template/region-of';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import type { GivenUsage } from '../../lib/usage/monthly-usage';
import { readUsage } from '../../lib/usage/read-usage';
import type { Options } from './command';
import type { ReviewIo } from './io';
import { Reviewer } from './reviewed-template';

/** One of two that are compared: `medium`, `shop`, `shop@large`, each also with a month: `medium:orders=3000`. */
interface Side {
  readonly text: string;
  readonly tier: TierName | undefined;
  readonly store: string | undefined;
  readonly usage: GivenUsage | undefined;
}

/** Of `--compare`, and of `--base` where one side is what a commit made of it. */
export function requestedComparison(options: Options, io: ReviewIo, command: Command): BillComparison {
  const { compare = [], base } = options;
  const sides = compare.map((text) => sideOf(text, command));
  const wanted = base === undefined ? 2 : 1;
  const [one, other = one] = sides;
  if (sides.length !== wanted || !one || !other)
    return command.error(
      `error: --compare ${base === undefined ? 'takes two sides' : 'with --base takes one side'}, not ${sides.length}: ${sideForms}`,
    );
  const after = reviewOf(other, options, io, command);
  const before = base === undefined ? reviewOf(one, options, io, command) : reviewAt(base, one, options, io, command);
  return compareBills(before, after);
}

const sideForms = `a size (${tierNames.join(', ')}), a store of cdk.json (shop, or shop@large), each also with a month (medium:orders=3000,users=8000)`;

function sideOf(text: string, command: Command): Side {
  const [, subject = '', figures] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  const read = figures === undefined ? undefined : readUsage(figures);
  if (read && 'problems' in read) return command.error(`error: --compare ${text}: ${read.problems.join('; ')}`);
  const [name = '', pinned] = subject.split('@');
  const tier = tierNames.find((size) => size === (pinned ?? name));
  if (pinned !== undefined && tier === undefined)
    return command.error(`error: --compare ${text}: "${pinned}" is no size; allowed are ${tierNames.join(', ')}`);
  if (name === '') return command.error(`error: --compare ${text}: write ${sideForms}`);
  const store = pinned === undefined && tier !== undefined ? undefined : name;
  return { text, tier, store, usage: read?.usage };
}

/** The store’s own size unless the side names one. */
function sizeOf({ text, tier, store }: Side, options: Options, io: ReviewIo, command: Command): TierName {
  const { stores } = io.context() as { readonly stores?: Readonly<Record<string, { readonly tier?: TierName }>> };
  const size = tier ?? options.tier ?? (store === undefined ? undefined : stores?.[store]?.tier);
  return (
    size ??
    command.error(
      `error: --compare ${text}: cdk.json has no size for it; write ${store}@medium, or any of ${tierNames.join(', ')}`,
    )
  );
}

const monthOfSide = ({ usage }: Side, options: Options): GivenUsage => ({ ...options.usage, ...usage });

function reviewOf(side: Side, options: Options, io: ReviewIo, command: Command): StoreReview {
  const tier = sizeOf(side, options, io, command);
  const { store = options.store } = side;
  const own = { ...options, usage: monthOfSide(side, options), ...(store !== undefined && { store }) };
  return { ...new Reviewer(own, io, command).ofSize(tier).review(), name: side.text };
}

/** By the code and the cdk.json of a commit, with today’s prices. */
function reviewAt(commit: string, side: Side, options: Options, io: ReviewIo, command: Command): StoreReview {
  const tier = sizeOf(side, options, io, command);
  io.writeError(`Synthesising ${side.text} as ${commit} makes it …\n`);
  const made = io.templateAt(commit, { tier, store: side.store ?? options.store });
  if ('problem' in made) return command.error(`error: ${commit}: ${made.problem}`);
  const { template } = made;
  const region = options.region ?? regionOf(template) ?? 'us-east-1';
  const { assume } = options;
  return reviewSaved({ name: commit, template, region, tier, assume, usage: monthOfSide(side, options) });
}
