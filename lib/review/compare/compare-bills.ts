import { figureOf, isFormula, type UsageName, usageNames } from '../../usage/monthly-usage';
import type { CostLine } from '../cost/bill';
import { totalOf } from '../cost/total-cost';
import type { StoreReview } from '../review-store';

/** A line of two bills: what one part pays for one thing. */
export interface ComparedLine {
  readonly part: string;
  /** As the second bill calls it, or the first where only that has it. */
  readonly label: string;
  /** USD a month; undefined where that bill has no such line. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly difference: number;
  /** How much of the difference is more or less of it, at the first bill’s price; undefined where only one bill has it. */
  readonly byQuantity: number | undefined;
  /** How much is another price. */
  readonly byPrice: number | undefined;
  /** Figures of the month that differ and that the line rests on. */
  readonly figures: readonly ComparedFigure[];
}

/** A figure of both months. */
export interface ComparedFigure {
  readonly name: UsageName;
  readonly before: number;
  readonly after: number;
}

/** What differs between two bills. */
export interface ComparedBills {
  /** Lines that differ, the largest difference first. */
  readonly lines: readonly ComparedLine[];
  /** Lines that are the same in both. */
  readonly same: number;
  /** Figures that differ and follow from no other. */
  readonly figures: readonly ComparedFigure[];
}

export interface BillComparison extends ComparedBills {
  readonly before: StoreReview;
  readonly after: StoreReview;
}

/** Without both reviews. */
export const linesOf = ({ lines, same, figures }: BillComparison): ComparedBills => ({ lines, same, figures });

/** Below this, USD a month, a difference counts as none. */
export const tooLittle = 0.005;

/** Two bills line by line. A line is known again by its part, what is sold and its unit, whatever class or number of it. */
export function compareBills(before: StoreReview, after: StoreReview): BillComparison {
  const [one, other] = [groupsOf(before.lines), groupsOf(after.lines)];
  const lines = [...new Set([...one.keys(), ...other.keys()])].map((key) =>
    comparedLine(one.get(key), other.get(key), before, after),
  );
  const differing = lines.filter(({ difference }) => Math.abs(difference) >= tooLittle);
  return {
    before,
    after,
    lines: differing.toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference)),
    same: lines.length - differing.length,
    figures: differingFigures(usageNames, before, after).filter(({ name }) => isLeaf(name, before) || isLeaf(name, after)),
  };
}

const isLeaf = (name: UsageName, { assumptions }: StoreReview): boolean =>
  !isFormula(figureOf(name).value) || assumptions.some((one) => one.name === name && one.given === true);

function groupsOf(lines: readonly CostLine[]): ReadonlyMap<string, readonly CostLine[]> {
  return Map.groupBy(lines, ({ part, type, unit, kind, priceKeys: [key = ''] }) =>
    [part, type, kindOf(key), unit, kind].join(' '),
  );
}

/** `rds.postgres.db.m8g.xlarge.multi` is of the kind `rds.postgres`: what is after it tells classes and architectures apart. */
const kindOf = (priceKey: string): string => {
  const [service = '', thing = '', ...rest] = priceKey.split('.');
  return service === 'fargate' ? `fargate.${rest.at(-1) ?? thing}` : `${service}.${thing}`;
};

function comparedLine(
  one: readonly CostLine[] | undefined,
  other: readonly CostLine[] | undefined,
  before: StoreReview,
  after: StoreReview,
): ComparedLine {
  const [old, now] = [sumOf(one), sumOf(other)];
  const [first] = other ?? one ?? [];
  const both = old !== undefined && now !== undefined;
  const byQuantity = both && old.quantity > 0 ? ((now.quantity - old.quantity) * old.usd) / old.quantity : undefined;
  const difference = (now?.usd ?? 0) - (old?.usd ?? 0);
  const names = new Set([...(one ?? []), ...(other ?? [])].flatMap(({ assumptions }) => assumptions));
  return {
    part: first?.part ?? '',
    label: first?.label ?? '',
    before: old?.usd,
    after: now?.usd,
    difference,
    byQuantity,
    byPrice: byQuantity === undefined ? undefined : difference - byQuantity,
    figures: differingFigures(
      usageNames.filter((name) => names.has(name)),
      before,
      after,
    ),
  };
}

const sumOf = (lines: readonly CostLine[] | undefined): { readonly usd: number; readonly quantity: number } | undefined =>
  lines && {
    usd: totalOf(lines).usdPerMonth,
    quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  };

function differingFigures(names: readonly UsageName[], before: StoreReview, after: StoreReview): readonly ComparedFigure[] {
  return names
    .map((name) => ({ name, before: before.usage[name], after: after.usage[name] }))
    .filter((figure) => figure.before !== figure.after);
}
