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
    markdownRows(heading, Object.values(groups).flat()),
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}

/** Parts and cost of each size: the table of the README, without the rows in which all sizes are the same. */
export function readmeTable(reviews: readonly StoreReview[]): string {
  const { heading, groups } = sizeTable(reviews);
  const rows = [...groups.serves, ...groups.parts, ...groups.totals].filter(([, ...cells]) => new Set(cells).size > 1);
  return markdownRows(heading, rows);
}

/** A Markdown table. */
export function markdownRows(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heading, heading.map(() => '---'), ...rows].map(tableRow).join('\n');
}

/** A line of a Markdown table. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
