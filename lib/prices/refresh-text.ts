import type { Price } from '../facts/prices';
import type { PriceChange, Refreshed } from './refreshed-rows';
import type { Unanswered } from './request-prices';

/** What a refresh found, one line a key that changed or was not answered. */
export function refreshText({ changes, kept }: Refreshed): string {
  const of = (kind: PriceChange['kind']) => changes.filter((change) => change.kind === kind);
  const [missing, nowhere] = [kept.filter(({ expected }) => expected), kept.filter(({ expected }) => !expected)];
  return [
    ...section('changed', of('changed').map(changed)),
    ...section(
      'new',
      of('new').map(({ key, unit, after }) => `${key}: ${amounts(after)} USD for a ${unit}`),
    ),
    ...section('not found, rows unchanged', missing.map(problem)),
    ...section('not in the AWS price list, rows unchanged', nowhere.map(problem)),
    `${of('changed').length} changed, ${of('new').length} new, ${of('confirmed').length} confirmed, ${kept.length} kept\n`,
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`), ''];
}

const problem = ({ key, problem: why }: Unanswered): string => `${key}: ${why}`;

function changed({ key, before, after }: PriceChange): string {
  const [from, to] = [before[0]?.usd ?? 0, after[0]?.usd ?? 0];
  const percent = ((to / from - 1) * 100).toFixed(1);
  const share = from === to ? 'tiers' : `${to > from ? '+' : ''}${percent}%`;
  return `${key}: ${amounts(before)} → ${amounts(after)} USD (${share})`;
}

/** `0.085 up to 10,240, 0.08 up to 51,200, 0.02` */
function amounts(prices: readonly Price[]): string {
  return prices
    .map(({ usd, upTo }) => (upTo === undefined ? `${usd}` : `${usd} up to ${upTo.toLocaleString('en-US')}`))
    .join(', ');
}
