import type { PriceWarning } from '../../lib/reconcile/price-warnings';
import {
  type BucketName,
  type BucketRow,
  bucketNames,
  type ReconciledLine,
  type Reconciliation,
} from '../../lib/reconcile/reconcile';
import { type MeasuredFigure, notBilled } from '../../lib/reconcile/usage-figures';
import { colorizer } from '../../lib/review/output/terminal/colorize';
import { textTable, wideWidth, wrap } from '../../lib/review/output/terminal/text-table';
import { figure, usdAndCents } from '../../lib/review/text/money';

/** What the command has found out. */
export interface Outcome {
  readonly path: string;
  readonly store: string;
  readonly tier: string;
  readonly region: string;
  readonly format: string;
  readonly result: Reconciliation;
  readonly figures: readonly MeasuredFigure[];
}

const titles: Readonly<Record<BucketName, string>> = {
  'not foreseen': 'Billed with no line in the review',
  'no part': 'Of the store, without the tag part',
  charges: 'Of the store, and no use: credits, refunds, tax, fees, discounts',
  'no store': 'Without the tag store: data transfer, support, tax, and what other owners run',
  'other stores': 'Of other stores',
  'other months': 'Of other months',
  'no month': 'Without a billing period',
};

const amountColumn = { width: 11, align: 'right' } as const;
const usdColumn = { width: 9, align: 'right' } as const;
const lineColumns = [
  { width: 28 },
  amountColumn,
  usdColumn,
  usdColumn,
  amountColumn,
  usdColumn,
  usdColumn,
  usdColumn,
  usdColumn,
] as const;
const bucketColumns = [
  { width: 15 },
  { width: 21 },
  { width: 42 },
  { width: 13, align: 'right' },
  { width: 9 },
  usdColumn,
] as const;
const warningColumns = [{ width: 15 }, { width: wideWidth - 17 }] as const;

const priceKinds: Readonly<Record<PriceWarning['kind'], string>> = {
  list: 'AWS lists',
  spot: 'Spot was billed on average at',
  billed: 'there is no list price, and it was billed (with a discount or an allowance, if there was one) at',
};

/** Rows of a bucket that are shown; the rest is one line with its sum. */
const mostRows = 10;

export function outcomeText(outcome: Outcome, { colour }: { readonly colour: boolean }): string {
  const { result, store, region, tier, path, format, figures } = outcome;
  const colorize = colorizer(colour);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', colorize('strong', title), ...lines];
  const came = result.lines.filter(({ billed }) => billed.rows > 0);
  const missing = result.lines.filter(({ billed }) => billed.rows === 0);
  return [
    `${store} · ${region} · ${tier} · ${result.period.month} · ${path} (${format})`,
    ...wrap(periodText(result), wideWidth),
    ...section('Line by line', lineRows(came)),
    ...section('Foreseen, and not billed', lineRows(missing)),
    ...bucketNames.flatMap((name) => section(titles[name], bucketLines(name, result))),
    ...section('Prices that differ from lib/facts/prices.json by more than 1%', warningLines(result)),
    ...section('Sum of the file', sumLines(result)),
    ...section('The month as usage of the store', figureLines(figures)),
    ...wrap(notBilledText(), wideWidth),
    '',
  ].join('\n');
}

function notBilledText(): string {
  const reasons = Object.entries(notBilled).map(([name, why]) => `${name} (${why})`);
  return `No bill has ${reasons.join('; ')}.`;
}

function periodText({ period: { from, to, hours, monthHours, share } }: Reconciliation): string {
  const [foreseen, usage] =
    share === 1
      ? [`The review counts 730 hours a month; what is billed by the hour is foreseen for ${figure(hours)}.`, '']
      : [
          `A part of the month, ${figure(hours)} of ${monthHours} hours from ${from} to ${to}: the review is scaled to it.`,
          ' The usage at the end is scaled up to the whole month.',
        ];
  return [
    foreseen + usage,
    'Quantity is what the review has for the billed quantity, less what it foresees; price is what was billed, less the former.',
  ].join(' ');
}

/** By part, the dearest difference first. */
function lineRows(lines: readonly ReconciledLine[]): string[] {
  if (lines.length === 0) return [];
  const parts = [...Map.groupBy(lines, ({ part }) => part)].map(([part, own]) => ({
    part,
    own,
    difference: sumOf(own, difference),
  }));
  return [
    ...textTable(lineColumns, [['', 'foreseen', 'USD each', 'USD', 'billed', 'USD each', 'USD', 'quantity', 'price']]),
    ...parts
      .toSorted((one, other) => Math.abs(other.difference) - Math.abs(one.difference))
      .flatMap(({ part, own }) => [`${part}: ${partText(own)}`].concat(textTable(lineColumns, own.map(lineRow)))),
  ];
}

function partText(lines: readonly ReconciledLine[]): string {
  const [foreseen, billed] = [sumOf(lines, (line) => line.foreseen.usd), sumOf(lines, (line) => line.billed.usd)];
  return `foreseen ${usdAndCents(foreseen)}, billed ${usdAndCents(billed)}, difference ${signed(billed - foreseen)}`;
}

const difference = ({ differenceUsd }: ReconciledLine): number => differenceUsd;

function lineRow({ labels, unit, foreseen, billed, split, untagged }: ReconciledLine): string[] {
  const notes = [
    ...(billed.parts.length > 0 ? [`billed under ${billed.parts.join(', ')}`] : []),
    ...(billed.belowListUsd >= 0.005 && Math.abs(split.priceUsd) >= 0.005
      ? [`USD ${usdAndCents(billed.belowListUsd)} below AWS’s list price`]
      : []),
    ...(untagged.quantity > 0 ? [`${figure(untagged.quantity)} for USD ${usdAndCents(untagged.usd)} have no tag`] : []),
  ];
  const [first = '', ...others] = labels;
  const label = others.length > 0 ? `${first} and ${others.length} more` : first;
  return [
    [`${label}, ${unit}`, ...notes.map((note) => `(${note})`)].join(' '),
    figure(foreseen.quantity),
    each(foreseen.unitUsd),
    usdAndCents(foreseen.usd),
    figure(billed.quantity),
    each(billed.unitUsd),
    usdAndCents(billed.usd),
    signed(split.quantityUsd),
    signed(split.priceUsd),
  ];
}

/** Three digits: `0.0225`, `4e-7`. */
const each = (usd: number | undefined): string => (usd === undefined ? '' : String(Number(usd.toPrecision(3))));

const signed = (usd: number): string => (Math.abs(usd) < 0.005 ? '0.00' : `${usd < 0 ? '−' : '+'}${usdAndCents(Math.abs(usd))}`);

function sumOf<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}

function bucketLines(name: BucketName, { buckets }: Reconciliation): string[] {
  const rows = buckets[name];
  const rest = rows.slice(mostRows);
  return [
    ...textTable(
      bucketColumns,
      rows.slice(0, mostRows).map((row) => bucketRow(name, row)),
    ),
    ...(rest.length > 0
      ? [`and ${rest.length} more for USD ${usdAndCents(sumOf(rest, ({ usd }) => usd))}; --json lists them`]
      : []),
  ];
}

const bucketRow = (name: BucketName, { category, service, usageType, quantity, unit, usd, ...row }: BucketRow): string[] => [
  (name === 'other stores' ? row.store : name === 'other months' ? row.month : row.part) ?? '',
  category === 'usage' ? service : category,
  category === 'usage' ? usageType : [service, usageType].join(' '),
  figure(quantity),
  unit,
  usdAndCents(usd),
];

function warningLines({ warnings }: Reconciliation): string[] {
  const rows = warnings.map(({ part, key, unit, ours, theirs, kind }) => [
    part,
    `${key}: ${priceKinds[kind]} USD ${each(theirs)} a ${unit}, here USD ${ours.map(each).join(' or ')}`,
  ]);
  return textTable(warningColumns, rows);
}

function sumLines({ lines, buckets, total }: Reconciliation): string[] {
  const shares = [
    `lines of the review ${usdAndCents(sumOf(lines, ({ billed }) => billed.usd))}`,
    ...bucketNames.flatMap((name) =>
      buckets[name].length > 0 ? [`${name} ${usdAndCents(sumOf(buckets[name], ({ usd }) => usd))}`] : [],
    ),
  ];
  return wrap(
    `${shares.join(' + ')} = USD ${usdAndCents(total.usd)} in ${figure(total.rows)} rows: nothing is left out.`,
    wideWidth,
  );
}

function figureLines(figures: readonly MeasuredFigure[]): string[] {
  return textTable(
    [{ width: 19 }, { width: 15, align: 'right' }, { width: wideWidth - 38 }],
    figures.map(({ name, value, how }) => [name, figure(value), how]),
  );
}

/** All of it, with every row of the buckets. */
export function outcomeJson({ result, figures, ...what }: Outcome): string {
  const { period, lines, buckets, warnings, total } = result;
  const usage = Object.fromEntries(figures.map(({ name, value }) => [name, value]));
  return `${JSON.stringify({ schemaVersion: 1, ...what, period, lines, buckets, warnings, total, usage, figures }, null, 2)}\n`;
}
