import { type SizeTable, sizeTable } from './size-table';
import type { StoreReview } from './store-review';
import { textTable, wrap } from './text-table';

export interface TerminalOptions {
  readonly colour: boolean;
  /** How long the review took. @default - not told */
  readonly seconds?: number;
}

/** Characters in a line. */
export const width = 120;
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

/** What the report shows, in its first line. */
export function header(reviews: readonly StoreReview[], { seconds }: TerminalOptions): string {
  const facts = [
    reviews.length === 1 ? `Store review: ${reviews[0]?.name}` : 'Store review',
    ...new Set(reviews.map(({ region }) => region)),
    `prices of ${priceDates(reviews)}`,
    'no AWS call',
    ...(seconds === undefined ? [] : [`${seconds.toFixed(1)} s`]),
  ];
  return facts.join(' · ');
}

/** First and last date of the prices' sources, as exact as these tell it: a day, a month or a year. */
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
