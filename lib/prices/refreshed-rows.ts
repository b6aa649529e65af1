import type { Price } from '../facts/prices';
import { type Row, rowOf } from './price-file';
import type { Answer, Priced, Unanswered } from './request-prices';

export interface Refreshed {
  readonly rows: readonly Row[];
  readonly changes: readonly PriceChange[];
  /** Keys whose rows stay as they are. */
  readonly kept: readonly Unanswered[];
}

/** What became of the rows of one key. */
export interface PriceChange {
  readonly key: string;
  readonly unit: string;
  readonly kind: 'new' | 'changed' | 'confirmed';
  readonly before: readonly Price[];
  readonly after: readonly Price[];
}

/** A price so many times the one before is a mistake of unit sooner than news. An assumption. */
const mostTimes = 5;

/** The rows with what AWS answers in place of a region's own, in the file's order. @param today when AWS was asked */
export function refreshedRows(rows: readonly Row[], region: string, answers: readonly Answer[], today: string): Refreshed {
  const changes: PriceChange[] = [];
  const kept: Unanswered[] = [];
  for (const answer of answers) {
    const change = 'problem' in answer ? answer : changeOf(answer, rows, region, today);
    if ('problem' in change) kept.push(change);
    else changes.push(change);
  }
  const after = new Map(changes.map((change) => [change.key, change.after.map(rowOf)]));
  return { rows: inOrder(rows, region, after), changes, kept };
}

function changeOf(
  { key, tiers, published }: Priced,
  rows: readonly Row[],
  region: string,
  today: string,
): PriceChange | Unanswered {
  const known = rows.map(({ price }) => price).filter((price) => price.key === key);
  const before = known.filter((price) => price.region === region);
  const [model] = before.length > 0 ? before : known;
  if (!model) return { key, problem: 'the file has no row to take the unit from', expected: true };
  const { unit, per } = model;
  const after = tiers.map(
    ({ to, usd }): Price => ({
      key,
      region,
      unit,
      ...(per !== undefined && { per }),
      ...(Number.isFinite(to) && { upTo: to }),
      usd: Number((usd * (per ?? 1)).toPrecision(12)),
      source: 'AWS Price List API',
      sourceDate: published ?? today,
      readOn: today,
      confidence: 'exact',
    }),
  );
  const odd = oddity(model, after);
  if (odd !== undefined) return { key, problem: odd, expected: true };
  const kind = before.length === 0 ? 'new' : tiersOf(before) === tiersOf(after) ? 'confirmed' : 'changed';
  return { key, unit: per === undefined ? unit : `${per.toLocaleString('en-US')} ${unit}`, kind, before, after };
}

/** Of a region without rows, another's price tells the order of magnitude. */
function oddity({ usd: before, unit }: Price, [first]: readonly Price[]): string | undefined {
  if (!first) return undefined;
  const times = first.usd / before;
  if (times <= mostTimes && times >= 1 / mostTimes) return undefined;
  return `${first.usd} USD from AWS is not plausible: ${before} USD is known for a ${unit}; check that it is the same product`;
}

const tiersOf = (prices: readonly Price[]): string => prices.map(({ upTo, usd }) => `${usd} ${upTo ?? 'rest'}`).join();

/** Keys stay where they are; regions of a key by their names. */
function inOrder(rows: readonly Row[], region: string, after: ReadonlyMap<string, readonly Row[]>): Row[] {
  return [...Map.groupBy(rows, ({ price }) => price.key)].flatMap(([key, own]) => {
    const fresh = after.get(key);
    if (!fresh) return own;
    const others = own.filter(({ price }) => price.region !== region);
    const next = others.findIndex(({ price }) => price.region > region);
    return others.toSpliced(next === -1 ? others.length : next, 0, ...fresh);
  });
}
