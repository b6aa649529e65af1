import { githubFacts } from '../../../facts/github';
import { requests } from '../../capacity/load-figures';
import type { CapacityReview } from '../../capacity/types';
import { type ChangeReview, verdictTexts } from '../../change/types';
import { type Cost, signedUsd, usd } from '../../text/money';
import { changeText } from '../terminal/change-text';
import { markdownRows } from './markdown';

/** What a store would be by one version of the project. */
export interface StoreOfVersion {
  readonly size: string;
  /** A month; undefined: not counted. */
  readonly cost: Cost | undefined;
  readonly capacity: CapacityReview;
}

/** A store in one version; undefined: its cdk.json does not name it. */
type InVersion = StoreOfVersion | { readonly size: string; readonly problem: string } | undefined;

export interface ComparedStore {
  readonly store: string;
  readonly base: InVersion;
  readonly head: InVersion;
  /** undefined where one side is missing. */
  readonly change: ChangeReview | undefined;
  /** Whether both make the same template. */
  readonly same: boolean;
}

/** By which the workflow finds its comment again. */
export const commentMarker = '<!-- store-comparison -->';

/** What a pull request changes of each store, for a comment: a table, and the reviews of the changes as far as there is room. */
export function comparisonMarkdown(stores: readonly ComparedStore[], most: number = githubFacts.commentCharacters.most): string {
  const head = [
    commentMarker,
    '### What this changes of the stores',
    '',
    stores.length === 0
      ? 'Neither version names a store.'
      : markdownRows(['store', 'verdict', 'USD a month', 'requests/s', 'bottleneck'], stores.map(row)),
    '',
    'Two templates are compared, not what is deployed. Costs are those of the assumed usage of the size; requests/s are what it bears.',
    '',
  ].join('\n');
  const all = stores.flatMap(details);
  const shown: string[] = [];
  let left = most - bytes(head) - bytes(tooLong(all.length));
  for (const one of all) {
    left -= bytes(one);
    if (left < 0) break;
    shown.push(one);
  }
  return head + shown.join('') + (shown.length < all.length ? tooLong(all.length - shown.length) : '');
}

/** A character has one byte or more, so text of so many bytes fits. */
const bytes = (text: string): number => Buffer.byteLength(text);

const tooLong = (count: number): string =>
  `\n${count} more ${count === 1 ? 'review is' : 'reviews are'} too long for a comment.\n`;

function row({ store, base, head, change, same }: ComparedStore): readonly string[] {
  const [before, after] = [known(base), known(head)];
  return [
    titleOf({ store, base, head }),
    verdict({ base, head, change, same }),
    costs(before, after),
    arrow(load(before), load(after)),
    arrow(before?.capacity.bottleneck?.title, after?.capacity.bottleneck?.title),
  ];
}

/** `shop, small → medium` */
const titleOf = ({ store, base, head }: Pick<ComparedStore, 'store' | 'base' | 'head'>): string =>
  plain(`${store}, ${arrow(base?.size, head?.size)}`);

const known = (side: InVersion): StoreOfVersion | undefined => (side === undefined || 'problem' in side ? undefined : side);
const isBroken = (side: InVersion): boolean => side !== undefined && 'problem' in side;

function verdict({ base, head, change, same }: Omit<ComparedStore, 'store'>): string {
  if (head === undefined) return 'no longer in cdk.json; what is deployed stays';
  if (isBroken(head)) return '**cannot be synthesised**';
  if (base === undefined) return 'new';
  if (isBroken(base)) return 'not compared: the base cannot be synthesised';
  if (same) return 'no change';
  return change === undefined ? 'not compared' : `**${verdictTexts[change.verdict].text}**`;
}

function costs(before: StoreOfVersion | undefined, after: StoreOfVersion | undefined): string {
  const [from, to] = [monthly(before), monthly(after)];
  if (!before?.cost || !after?.cost || from === to) return arrow(from, to);
  return `${from} → ${to} (${signedUsd(after.cost.usdPerMonth - before.cost.usdPerMonth)})`;
}

const monthly = (side: StoreOfVersion | undefined): string | undefined =>
  side && (side.cost === undefined ? 'not counted' : usd(side.cost.usdPerMonth));

function load(side: StoreOfVersion | undefined): string | undefined {
  if (side === undefined) return undefined;
  const { maxLoad, complete } = side.capacity;
  if (maxLoad === undefined) return 'not known';
  return `${complete ? '' : 'at most '}${requests(maxLoad)}`;
}

/** Both where they differ, one where they are the same or one is missing. */
function arrow(before: string | undefined, after: string | undefined): string {
  if (before === undefined || after === undefined || before === after) return after ?? before ?? '-';
  return `${before} → ${after}`;
}

function details({ store, base, head, change, same }: ComparedStore): readonly string[] {
  const texts = [
    ...problem('head', head),
    ...problem('base', base),
    ...(change === undefined || same ? [] : [changeText(change, { colour: false })]),
  ];
  return texts.map((text) => fold(titleOf({ store, base, head }), text));
}

const problem = (version: string, side: InVersion): readonly string[] =>
  side !== undefined && 'problem' in side ? [`The ${version} cannot be synthesised:\n\n${side.problem}`] : [];

/** In a fence nothing of a text is Markdown, and nobody is mentioned. */
function fold(title: string, text: string): string {
  const fenced = ['````text', text.trimEnd().replaceAll('````', "''''"), '````'].join('\n');
  return `\n<details><summary>${title}</summary>\n\n${fenced}\n\n</details>\n`;
}

/** Of a name that is checked nowhere, in a table and in HTML. */
const plain = (text: string): string => text.replaceAll(/[^\w ,.→-]/g, '?');
