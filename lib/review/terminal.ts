import type { CostLine } from './cost/bill';
import { figure, usd, usdAndCents } from './money';
import { type SizeTable, sizeTable } from './size-table';
import type { StoreReview } from './store-review';
import { textTable, wrap } from './text-table';

export interface TerminalOptions {
  readonly colour: boolean;
  /** How long the review took. @default - not told */
  readonly seconds?: number;
}

const width = 120;
const titleWidth = 18;

/** One table of all reviews, for a terminal at least 120 columns wide. */
export function terminalTable(reviews: readonly StoreReview[], options: TerminalOptions): string {
  const table = sizeTable(reviews);
  return [
    header(reviews, options),
    '',
    ...draw(table, options),
    '',
    ...table.notes.flatMap((note) => wrap(note, width)),
    '',
  ].join('\n');
}

function draw({ heading, groups }: SizeTable, { colour }: TerminalOptions): string[] {
  const sizes = heading.length - 1;
  const cell = Math.floor((width - titleWidth) / sizes) - 2;
  const columns = [{ width: titleWidth }, ...Array.from({ length: sizes }, () => ({ width: cell }))];
  const rule = '─'.repeat(width);
  const lines = textTable(columns, [heading]);
  for (const group of Object.values(groups).filter((rows) => rows.length > 0)) lines.push(rule, ...textTable(columns, group));
  return lines.map((line) => (colour ? coloured(line) : line));
}

/** Every cost of one review, then what its usage assumes. */
export function terminalLines(review: StoreReview, options: TerminalOptions): string {
  const columns = [
    { width: 36 },
    { width: 15, align: 'right' as const },
    { width: 15 },
    { width: 17, align: 'right' as const },
    { width: 10, align: 'right' as const },
    { width: 17 },
  ];
  const parts = review.costs.flatMap((cost) => [
    '',
    `${cost.part}: ${usdAndCents(cost.fixedUsd)} + ${usdAndCents(cost.usageUsd)}`,
    ...textTable(columns, review.lines.filter(({ part }) => part === cost.part).flatMap(lineRows)),
  ]);
  return [
    header([review], options),
    '',
    ...textTable(columns, [['resource', 'quantity', 'unit', 'USD', 'a month', 'price of']]),
    ...parts,
    '',
    `together ${usdAndCents(review.total.fixedUsd)} + ${usdAndCents(review.total.usageUsd)} = ${usdAndCents(review.total.usd)} USD a month`,
    ...review.missingPrices.map(({ key, resource, label }) => `missing price: ${key}, for ${label} of ${resource}`),
    '',
    'Assumptions',
    ...textTable(
      [{ width: 26 }, { width: 13, align: 'right' }, { width: 76 }],
      review.assumptions.map(({ name, value, says }) => [name, value === undefined ? '' : figure(value), says]),
    ),
    '',
    'Prices',
    ...sources(review.lines).flatMap((source) => wrap(source, width)),
    '',
  ].join('\n');
}

/** A cost line, and under it what an allowance takes off. */
function lineRows(line: CostLine): string[][] {
  const cells = [
    `${line.label}  ${line.resource}`,
    figure(line.quantity),
    line.unit,
    `${figure(line.unitUsd, 8)}${line.per > 1 ? ` / ${figure(line.per)}` : ''}`,
    usdAndCents(line.monthlyUsd),
    `${line.sourceDate}${line.confidence === 'exact' ? '' : ` ${line.confidence}`}`,
  ];
  if (!line.free) return [cells];
  const { quantity, of } = line.free;
  return [cells, [quantity < line.quantity ? `↳ ${figure(quantity)} of it free` : `↳ all in the free ${of}`]];
}

/** Each source once, with the price keys it vouches for. */
function sources(lines: readonly CostLine[]): string[] {
  const byLine = Map.groupBy(lines, ({ source, sourceDate, confidence }) => `${sourceDate} ${confidence}: ${source}`);
  return [...byLine]
    .map(([source, own]) => `${source} (${[...new Set(own.flatMap(({ priceKeys }) => priceKeys))].join(', ')})`)
    .toSorted((one, other) => (one < other ? -1 : 1));
}

function header(reviews: readonly StoreReview[], { seconds }: TerminalOptions): string {
  const facts = [
    reviews.length === 1 ? `Store review: ${reviews[0]?.name}` : 'Store review',
    ...new Set(reviews.map(({ region }) => region)),
    `prices of ${priceDates(reviews)}`,
    'no AWS call',
    ...(seconds === undefined ? [] : [`${seconds.toFixed(1)} s`]),
  ];
  return facts.join(' · ');
}

/** First and last month of the prices' sources. */
export function priceDates(reviews: readonly StoreReview[]): string {
  const dates = reviews.flatMap(({ lines }) => lines.map(({ sourceDate }) => sourceDate)).filter((date) => /^\d/.test(date));
  const [first, last] = [dates.toSorted()[0], dates.toSorted().at(-1)];
  return first === last ? String(first) : `${first} to ${last}`;
}

function coloured(line: string): string {
  return line
    .replaceAll(/: holds/g, ': \u001B[32mholds\u001B[0m')
    .replaceAll('EXCEEDED', '\u001B[31mEXCEEDED\u001B[0m')
    .replaceAll('open: prices', '\u001B[33mopen: prices\u001B[0m');
}

/** One line for a size over a limit; undefined where it stays under. */
export function overLimit(review: StoreReview, maxUsd: number): string | undefined {
  if (review.total.usd <= maxUsd) return undefined;
  return `${review.name} costs ${usd(review.total.usd)} USD a month, over the limit of ${usd(maxUsd)}`;
}
