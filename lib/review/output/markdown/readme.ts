import type { StoreReview } from '../../review-store';
import { readmeTable } from './markdown';

const begin = '<!-- sizes: written by `npm run docs` -->';
const end = '<!-- end of sizes -->';

/** The README with its table of sizes written anew. Throws where the marks are missing. */
export function withSizes(readme: string, reviews: readonly StoreReview[]): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no lines "${begin}" and "${end}"`);
  return `${readme.slice(0, from + begin.length)}\n\n${readmeTable(reviews)}\n\n${readme.slice(to)}`;
}
