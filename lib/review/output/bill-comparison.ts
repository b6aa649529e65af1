import { requests } from '../capacity/load-figures';
import { type BillComparison, type ComparedFigure, type ComparedLine, tooLittle } from '../compare/compare-bills';
import type { StoreReview } from '../review-store';
import { figure, range, signedUsd, usd, usdAndCents } from '../text/money';
import { markdownRows } from './markdown/markdown';
import { textTable, wideWidth } from './terminal/text-table';

const columns = [
  { width: 14 },
  { width: 34 },
  { width: 10, align: 'right' },
  { width: 10, align: 'right' },
  { width: 9, align: 'right' },
  { width: wideWidth - 87 },
] as const;

const lineHeading = ['part', 'line', 'before', 'after', 'USD', 'why'];

/** Two bills side by side for the terminal. */
export function comparisonText(comparison: BillComparison): string {
  const { before, after } = comparison;
  const summary = summaryRows(comparison);
  return [
    ...textTable(
      [{ width: 18 }, { width: 32 }, { width: 32 }, { width: 24 }],
      [['', before.name, after.name, 'difference'], ...summary],
    ),
    '',
    ...textTable(columns, [lineHeading, ...lineRows(comparison)]),
    '',
    sameText(comparison),
    '',
  ].join('\n');
}

/** The same for a pull request. */
export function comparisonTables(comparison: BillComparison): string {
  const { before, after } = comparison;
  return [
    markdownRows(['', before.name, after.name, 'difference'], summaryRows(comparison)),
    '',
    markdownRows(lineHeading, lineRows(comparison)),
    '',
    sameText(comparison),
    '',
  ].join('\n');
}

function sameText({ same, lines }: BillComparison): string {
  return `${lines.length} lines differ, ${same} are the same. USD a month.`;
}

function summaryRows({ before, after, figures }: BillComparison): readonly (readonly string[])[] {
  const both = (title: string, cell: (review: StoreReview) => string, difference = '') => [
    title,
    cell(before),
    cell(after),
    difference,
  ];
  const change = after.total.usdPerMonth - before.total.usdPerMonth;
  const known = !before.costIsAtLeast && !after.costIsAtLeast;
  return [
    both(
      'USD a month',
      ({ total, costIsAtLeast }) => `${costIsAtLeast ? 'at least ' : ''}${usdAndCents(total.usdPerMonth)}`,
      known ? signedUsd(change) : 'not known: prices are missing',
    ),
    both('low-high', ({ band }) => range(band.low, band.high, usd)),
    both('budget', ({ budget }) => `${figure(budget.usdPerMonth)}: ${budget.verdict}`),
    both('requests/s', ({ capacity: { maxLoad, complete } }) =>
      maxLoad ? `${complete ? '' : 'at most '}${requests(maxLoad)}` : 'not known',
    ),
    both('bottleneck', ({ capacity: { bottleneck } }) => bottleneck?.title ?? 'not known'),
    ...figures.map((one) => [one.name, figure(one.before), figure(one.after), '']),
  ];
}

function lineRows({ lines }: BillComparison): readonly (readonly string[])[] {
  return lines.map((line) => [
    line.part,
    line.label,
    line.before === undefined ? '-' : usdAndCents(line.before),
    line.after === undefined ? '-' : usdAndCents(line.after),
    signedUsd(line.difference),
    whyText(line),
  ]);
}

/** `new`, `gone`, or which of quantity and price moved it, and by which figures. */
function whyText({ before, after, byQuantity, byPrice, figures }: ComparedLine): string {
  if (before === undefined) return 'new';
  if (after === undefined) return 'gone';
  const parts = [
    ...(byQuantity !== undefined && Math.abs(byQuantity) >= tooLittle ? [`quantity ${signedUsd(byQuantity)}`] : []),
    ...(byPrice !== undefined && Math.abs(byPrice) >= tooLittle ? [`price or allowance ${signedUsd(byPrice)}`] : []),
  ];
  const shown = figures.slice(0, 2).map(figureText);
  return [parts.join(', '), ...shown].filter((text) => text !== '').join('; ');
}

const figureText = ({ name, before, after }: ComparedFigure): string => `${name} ${figure(before)} → ${figure(after)}`;
