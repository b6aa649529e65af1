import type { Options } from 'prettier';
import * as markdown from 'prettier/plugins/markdown';
import { format } from 'prettier/standalone';
import options from '../../.prettierrc.json';

/** A document that a command writes, as `npm run lint:format` wants it. */
export function formatMarkdown(text: string): Promise<string> {
  return format(withUnalignedWideTables(text), { ...(options as Options), parser: 'markdown', plugins: [markdown] });
}

const ignore = '<!-- prettier-ignore -->';

/** Keeps the formatter from padding a table to lines longer than the page: each of its cells would have the width of the longest one. */
function withUnalignedWideTables(text: string): string {
  return text.replaceAll(/(?<=\n\n)(?:\|.*\n)+/g, (table) =>
    alignedWidth(table) > options.printWidth ? `${ignore}\n${table}` : table,
  );
}

function alignedWidth(table: string): number {
  const rows = table.trimEnd().split('\n').map(cellsOf);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((cells) => cells[column]?.length ?? 0)));
  return widths.reduce((sum, width) => sum + width + ' | '.length, 1);
}

/** A pipe behind a backslash is part of its cell. */
function cellsOf(row: string): readonly string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}
