import { hoursAMonth } from '../../lib/facts/month';
import type { ChargeCategory } from '../../lib/reconcile/billed';
import { keyOf } from '../../lib/reconcile/foreseen';
import { isHourUnit } from '../../lib/reconcile/period';
import { billedAboveFree, billedAs } from '../../lib/reconcile/usage-types';
import type { CostLine } from '../../lib/review/cost/bill';

/** A row of a bill, before a format writes it. */
export interface BillRow {
  readonly month: string;
  /** ISO 8601. */
  readonly from: string;
  readonly to: string;
  readonly category: ChargeCategory;
  readonly service: string;
  readonly usageType: string;
  readonly operation: string;
  readonly unit: string;
  readonly quantity: number;
  readonly usd: number;
  readonly listUsd?: number | undefined;
  readonly store?: string | undefined;
  readonly part?: string | undefined;
}

export interface BillOptions {
  readonly store: string;
  /** `2026-10`. */
  readonly month: string;
  /** Before usage types: `USE1-`. @default - none, as in us-east-1 */
  readonly prefix?: string;
  /** Days of the month, from the first, in which the store ran. @default - all */
  readonly days?: number;
  /** Times our price. @default 1 */
  readonly price?: number;
}

/** Tags of resources that cause what the review gives to a part that several share. */
const taggedAs: Readonly<Record<string, string>> = { logs: 'database', image: 'api' };
const taggedByKey: Readonly<Record<string, string>> = { 'transfer.internet': 'cluster', 'transfer.zones': 'cluster' };

/** What AWS would bill if the month were as the lines say: by the day, and what is billed by the month in one row. */
export function billOf(lines: readonly CostLine[], options: BillOptions): readonly BillRow[] {
  return lines.flatMap((line) => rowsOf(line, options));
}

function rowsOf(line: CostLine, { store, month, prefix = '', days, price = 1 }: BillOptions): readonly BillRow[] {
  const key = keyOf(line);
  const kinds = billedAs(key);
  const kind = kinds && !('none' in kinds) ? kinds[0] : undefined;
  if (kind === undefined) return [];
  const all = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  const ran = days ?? all;
  const free = billedAboveFree.has(key) ? (line.free?.quantity ?? 0) : 0;
  const share = isHourUnit(line.unit) ? (ran * 24) / hoursAMonth : ran / all;
  const daily = !line.unit.endsWith('-month');
  const pieces = daily ? ran : 1;
  const row: Omit<BillRow, 'from' | 'to'> = {
    month,
    category: 'usage',
    service: kind.service === 'AWSDataTransfer' ? 'AmazonEC2' : kind.service,
    usageType: `${prefix}${kind.usageType}`,
    operation: 'Run',
    unit: line.unit,
    quantity: ((line.quantity - free) * share) / pieces,
    usd: (line.usdPerMonth * share * price) / pieces,
    listUsd: (line.unitUsd / line.per) * price,
    store,
    part: taggedByKey[key] ?? taggedAs[line.part] ?? line.part,
  };
  return Array.from({ length: pieces }, (_, day) => ({
    ...row,
    from: dayOf(month, daily ? day : 0),
    to: daily ? dayOf(month, day + 1) : dayOf(month, all),
  }));
}

/** The beginning of a day of the month, counted from 0. */
function dayOf(month: string, day: number): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCDate(1 + day);
  return at.toISOString().replace('.000Z', 'Z');
}
