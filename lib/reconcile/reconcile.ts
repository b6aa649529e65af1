import type { CostLine } from '../review/cost/bill';
import type { BilledGroup, ChargeCategory, Export, FileTotal } from './billed';
import { type Foreseen, foreseenLines, keyOf } from './foreseen';
import { isHourUnit, type Period, periodOf } from './period';
import { type PriceWarning, priceWarnings } from './price-warnings';
import { type Split, split } from './split';
import { priceKeysOf } from './usage-types';

export interface ReconcileInput {
  readonly export: Export;
  /** `2026-10`. */
  readonly month: string;
  readonly store: string;
  readonly region: string;
  /** Of the store's review, of a month of 730 hours. */
  readonly lines: readonly CostLine[];
}

export interface Reconciliation {
  readonly period: Period;
  readonly lines: readonly ReconciledLine[];
  /** What was billed and is no line of the review, by where it belongs. */
  readonly buckets: Readonly<Record<BucketName, readonly BucketRow[]>>;
  readonly warnings: readonly PriceWarning[];
  /** What the store used, with a line or without. */
  readonly use: readonly BilledGroup[];
  /** Of the whole file. */
  readonly total: FileTotal;
}

export interface ReconciledLine {
  readonly part: string;
  /** Price key. */
  readonly key: string;
  readonly labels: readonly string[];
  readonly unit: string;
  readonly foreseen: Amount;
  readonly billed: Amount & {
    readonly rows: number;
    /** Tags `part` of its rows, where they are others than the review's. */
    readonly parts: readonly string[];
    /** What a discount, a plan, a reservation or an allowance took off AWS's list price, of rows that have one. */
    readonly belowListUsd: number;
  };
  readonly differenceUsd: number;
  readonly split: Split;
  /** What else the file has at this price without the tag of the store, so that it may be this store's. */
  readonly untagged: Amount;
}

/** `unitUsd` is `usd` for one unit; undefined of nothing. */
export interface Amount {
  readonly quantity: number;
  readonly usd: number;
  readonly unitUsd?: number | undefined;
}

/**
 * `not foreseen`: of the store and a part, without a line in the review. `no part`: of the store alone. `charges`: of the store, and no use.
 * `no store`: without any tag, such as support and tax. The others are outside this reconciliation and stand for the sum alone.
 */
export const bucketNames = [
  'not foreseen',
  'no part',
  'charges',
  'no store',
  'other stores',
  'other months',
  'no month',
] as const;
export type BucketName = (typeof bucketNames)[number];

export interface BucketRow {
  readonly store?: string | undefined;
  readonly part?: string | undefined;
  readonly month?: string | undefined;
  readonly category: ChargeCategory;
  readonly service: string;
  readonly usageType: string;
  readonly unit: string;
  readonly rows: number;
  readonly quantity: number;
  readonly usd: number;
}

/** Compares a bill with the review of a store, line by line. Every billed row is in one line or one bucket. */
export function reconcile(input: ReconcileInput): Reconciliation {
  const { month, store, region } = input;
  const units = new Map(input.lines.map((line) => [keyOf(line), line.unit]));
  const own = input.export.groups.filter((group) => group.month === month && group.store === store);
  const isHourly = (group: BilledGroup) => priceKeysOf(group).some((key) => isHourUnit(units.get(key) ?? ''));
  const period = periodOf(month, own, isHourly);
  const foreseen = foreseenLines(input.lines, period);

  const placed = new Map<Foreseen, BilledGroup[]>(foreseen.map((line) => [line, []]));
  const left = new Map<BucketName, BilledGroup[]>(bucketNames.map((name) => [name, []]));
  for (const group of input.export.groups) {
    const bucket = outside(group, input);
    const line = bucket === undefined ? lineOf(group, foreseen) : undefined;
    if (line) placed.get(line)?.push(group);
    else left.get(bucket ?? 'not foreseen')?.push(group);
  }
  const untagged = left.get('no store')?.filter(({ category }) => category === 'usage') ?? [];
  return {
    period,
    lines: foreseen.map((line) => reconciledLine(line, placed.get(line) ?? [], untagged)),
    buckets: Object.fromEntries(
      bucketNames.map((name) => [name, bucketRows(left.get(name) ?? [])]),
    ) as unknown as Reconciliation['buckets'],
    warnings: priceWarnings(placed, region),
    use: own.filter(({ category }) => category === 'usage'),
    total: input.export.total,
  };
}

/** Where a row belongs that is compared with no line. */
function outside(group: BilledGroup, { month, store }: ReconcileInput): BucketName | undefined {
  if (group.month === undefined) return 'no month';
  if (group.month !== month) return 'other months';
  if (group.store === undefined) return 'no store';
  if (group.store !== store) return 'other stores';
  if (group.category !== 'usage') return 'charges';
  return group.part === undefined ? 'no part' : undefined;
}

/** Parts to which the review gives what several of them cause, whatever part the resource has as its tag. */
const sharedParts = ['network', 'logs', 'image', 'alarms', 'files'];

/**
 * The line of the row's price: of its own part, or of the shared part that the review gives it to, or the only one there is. None where
 * several parts could have caused it.
 */
function lineOf(group: BilledGroup, foreseen: readonly Foreseen[]): Foreseen | undefined {
  const keys = priceKeysOf(group);
  const candidates = foreseen.filter(({ key }) => keys.includes(key));
  const shared = sharedParts.flatMap((part) => candidates.find((line) => line.part === part) ?? []);
  const own = candidates.find(({ part }) => part === group.part);
  return own ?? (candidates.length === 1 ? candidates[0] : shared[0]);
}

function reconciledLine(line: Foreseen, groups: readonly BilledGroup[], untagged: readonly BilledGroup[]): ReconciledLine {
  const billed = sumOf(groups);
  const parts = new Set(groups.flatMap(({ part }) => (part === undefined || part === line.part ? [] : [part])));
  return {
    part: line.part,
    key: line.key,
    labels: line.labels,
    unit: line.unit,
    foreseen: amount(line),
    billed: { ...amount(billed), rows: billed.rows, parts: [...parts].toSorted(), belowListUsd: belowList(groups) },
    differenceUsd: billed.usd - line.usd,
    split: split(line, billed),
    untagged: amount(sumOf(untagged.filter((group) => priceKeysOf(group).includes(line.key)))),
  };
}

function belowList(groups: readonly BilledGroup[]): number {
  return groups.reduce((sum, { listUsd, quantity, usd }) => sum + (listUsd === undefined ? 0 : listUsd * quantity - usd), 0);
}

const amount = ({ quantity, usd }: { readonly quantity: number; readonly usd: number }): Amount => ({
  quantity,
  usd,
  unitUsd: quantity === 0 ? undefined : usd / quantity,
});

interface Sum {
  readonly rows: number;
  readonly quantity: number;
  readonly usd: number;
}

function sumOf(groups: readonly BilledGroup[]): Sum {
  const sum = { rows: 0, quantity: 0, usd: 0 };
  for (const group of groups) {
    sum.rows += group.rows;
    sum.quantity += group.quantity;
    sum.usd += group.usd;
  }
  return sum;
}

/** One row for what reads alike, the dearest first. */
function bucketRows(groups: readonly BilledGroup[]): readonly BucketRow[] {
  const alike = Map.groupBy(groups, (group) =>
    JSON.stringify([group.store, group.part, group.month, group.category, group.service, group.usageType, group.unit]),
  );
  const rows = [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { store, part, month, category, service, usageType, unit } = first;
    return [{ store, part, month, category, service, usageType, unit, ...sumOf(same) }];
  });
  return rows.toSorted((one, other) => Math.abs(other.usd) - Math.abs(one.usd));
}
