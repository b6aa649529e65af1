import { priceTiers } from '../facts/prices';
import { allowances } from '../review/cost/allowances';
import type { CostLine } from '../review/cost/bill';
import { foreseenShare, type Period } from './period';
import { billedAboveFree, factorOf } from './usage-types';

/** The review's lines that a bill cannot tell apart: of one part, at one price. Quantities and USD are those of the period. */
export interface Foreseen {
  readonly part: string;
  /** Price key; of a price that is a share of another, both. */
  readonly key: string;
  readonly labels: readonly string[];
  readonly unit: string;
  readonly quantity: number;
  readonly usd: number;
  /** The review's USD for one unit, before allowances: of the last unit, where it has tiers. */
  readonly unitUsd: number;
  /** Units that are still free of charge beyond the quantity. */
  readonly freeLeft: number;
  readonly lines: readonly CostLine[];
}

export const keyOf = ({ priceKeys: [key = '', factor] }: Pick<CostLine, 'priceKeys'>): string =>
  factor === undefined ? key : factorOf(key, factor);

export function foreseenLines(lines: readonly CostLine[], period: Period): readonly Foreseen[] {
  const taken = takenOfAllowances(lines);
  const groups = Map.groupBy(lines, (line) => `${line.part} ${keyOf(line)}`);
  return [...groups.values()].flatMap((group) => {
    const last = group.at(-1);
    return last === undefined ? [] : [foreseenOf(group, last, taken, period)];
  });
}

function foreseenOf(lines: readonly CostLine[], last: CostLine, taken: ReadonlyMap<string, number>, period: Period): Foreseen {
  const share = foreseenShare(period, last.unit);
  const sum = (of: (line: CostLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  return {
    part: last.part,
    key: keyOf(last),
    labels: [...new Set(lines.map(({ label }) => label))],
    unit: last.unit,
    quantity: sum(({ quantity, free }) => quantity - (billedAboveFree.has(keyOf(last)) ? (free?.quantity ?? 0) : 0)) * share,
    usd: sum(({ usdPerMonth }) => usdPerMonth) * share,
    unitUsd: last.unitUsd / last.per,
    freeLeft: freeLeft(last, taken) * share,
    lines,
  };
}

/** Units of each allowance that the review's store uses up, by the text that its lines show. */
function takenOfAllowances(lines: readonly CostLine[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  for (const { free } of lines) if (free) taken.set(free.allowance, (taken.get(free.allowance) ?? 0) + free.quantity);
  return taken;
}

/** What is left of the account's allowance that this line is the last to take; the rest of one that is the resource's own is not known. */
function freeLeft({ free, usdPerMonth }: CostLine, taken: ReadonlyMap<string, number>): number {
  if (free === undefined || usdPerMonth > 0) return 0;
  const whole = Object.values(allowances).find(({ text }) => text === free.allowance)?.quantity;
  return whole === undefined ? 0 : Math.max(0, whole - (taken.get(free.allowance) ?? 0));
}

/** Prices of a key in this project, USD for one unit: every tier, times the factor of the key. */
export function knownPrices(key: string, region: string): readonly number[] {
  const [plain = key, factor] = key.split(' × ');
  const times = factor === undefined ? 1 : priceTiers(factor, region)[0]?.usd;
  return times === undefined ? [] : priceTiers(plain, region).map(({ usd, per = 1 }) => (usd / per) * times);
}
