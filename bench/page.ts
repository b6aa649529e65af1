/** What one part of the benchmarks found. */
export interface Findings {
  /** Its section of the page, without the heading. */
  readonly text: string;
  /** What is wrong beyond a figure that misses its target, such as a unit that was sold twice: the command then fails. */
  readonly failures: readonly string[];
}

/**
 * The page with the section of a part put in, in the place of the one before; everything outside its marks stays as somebody wrote it. A part
 * that the page does not have yet comes at its end.
 */
export function withSection(page: string, part: string, heading: string, text: string): string {
  const [begin, end] = [`<!-- bench:${part} -->`, `<!-- /bench:${part} -->`];
  const section = `${begin}\n${text.trim()}\n${end}`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) return `${page.trimEnd()}\n\n## ${heading}\n\n${section}\n`;
  return page.slice(0, from) + section + page.slice(to + end.length);
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
