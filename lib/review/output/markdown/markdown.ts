import type { StoreReview } from '../../review-store';
import { priceDates } from '../../text/price-sources';
import { sizeTable } from '../../text/size-table';

/** The comparison as a Markdown table, for the summary of a CI job. */
export function markdownTable(reviews: readonly StoreReview[]): string {
  const { heading, groups, notes } = sizeTable(reviews);
  const dates = priceDates(reviews);
  return [
    `### Store review: ${[...new Set(reviews.map(({ region }) => region)), ...(dates === undefined ? [] : [`prices of ${dates}`])].join(', ')}`,
    '',
    tableRow(heading),
    tableRow(heading.map(() => '---')),
    ...Object.values(groups).flat().map(tableRow),
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}

/** What each size consists of and costs together: the table of the README. */
export function readmeTable(reviews: readonly StoreReview[]): string {
  const { heading, groups } = sizeTable(reviews);
  const rows = [...groups.serves, ...groups.parts, ...groups.totals];
  return [tableRow(heading), tableRow(heading.map(() => '---')), ...rows.map(tableRow)].join('\n');
}

/** A line of a Markdown table. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
