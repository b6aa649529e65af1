import { sizeTable } from './size-table';
import type { StoreReview } from './store-review';
import { priceDates } from './terminal';

/** The comparison as a Markdown table, for the summary of a CI job. */
export function markdownTable(reviews: readonly StoreReview[]): string {
  const { heading, groups, notes } = sizeTable(reviews);
  return [
    `### Store review: ${[...new Set(reviews.map(({ region }) => region))].join(', ')}, prices of ${priceDates(reviews)}`,
    '',
    row(heading),
    row(heading.map(() => '---')),
    ...groups.flat().map(row),
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
