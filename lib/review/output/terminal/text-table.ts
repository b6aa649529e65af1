import Table from 'cli-table3';

/** Characters in a line of the long reports. */
export const wideWidth = 120;

interface Column {
  readonly width: number;
  readonly align?: 'left' | 'right';
}

/** No frame: columns stand two spaces apart. */
const chars = {
  ...Object.fromEntries(
    ['top', 'bottom', 'mid'].flatMap((edge) => [edge, `${edge}-left`, `${edge}-mid`, `${edge}-right`].map((name) => [name, ''])),
  ),
  ...Object.fromEntries(['left', 'left-mid', 'mid-mid', 'right', 'right-mid'].map((name) => [name, ''])),
  middle: '  ',
};

/** Lays out rows in columns; a cell that is too long goes on in the next line, between words where it can. Colours take no room. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const table = new Table({
    chars,
    style: { 'padding-left': 0, 'padding-right': 0, border: [], head: [] },
    colWidths: columns.map(({ width }) => width),
    colAligns: columns.map(({ align = 'left' }) => align),
    wordWrap: true,
  });
  for (const row of rows) table.push(columns.map(({ width }, index) => breakable(row[index] ?? '', width)));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** Lines of at most `width` characters. */
export function wrap(text: string, width: number): string[] {
  return textTable([{ width }], [[text]]);
}

/** The library cuts a word that is longer than its column; here it goes on in the next line. Words with colours are short. */
function breakable(text: string, width: number): string {
  const pieces = new RegExp(`.{1,${width}}`, 'gu');
  return text.replaceAll(/\S+/g, (word) =>
    word.length <= width || word.includes('\u001B') ? word : (word.match(pieces) ?? []).join(' '),
  );
}
