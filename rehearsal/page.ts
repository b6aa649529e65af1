import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '..');

/** The shell blocks under several headings, as somebody pastes them into one shell. */
export const shellUnderAll = (document: string, headings: readonly string[]): string =>
  headings.map((heading) => shellUnder(document, heading)).join('');

/**
 * The shell blocks under a heading of a document, as somebody pastes them.
 * @param heading without its number. @throws Error where the page has no such heading, or no block under it
 */
export function shellUnder(document: string, heading: string): string {
  const sections = readFileSync(join(root, document), 'utf8').split(/^#+ (?:\d+\. )?/m);
  const blocks = blocksIn(sections.find((one) => one.startsWith(`${heading}\n`)) ?? '');
  if (blocks.length === 0) throw new Error(`${document} has no shell block under "${heading}"`);
  return blocks.join('');
}

/** All shell blocks of a document. */
export const shellOf = (document: string): readonly string[] => blocksIn(readFileSync(join(root, document), 'utf8'));

const blocksIn = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^( *)```sh\n(.*?)^\1```$/gms)].map(([, , block = '']) => block);
