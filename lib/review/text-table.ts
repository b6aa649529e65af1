export interface Column {
  readonly width: number;
  readonly align?: 'left' | 'right';
}

const gap = '  ';

/** Lays out rows in columns; a cell that is too long goes on in the next line, between words where it can. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  return rows.flatMap((row) => {
    const cells = columns.map(({ width }, index) => wrap(row[index] ?? '', width));
    const height = Math.max(...cells.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) =>
      columns
        .map((column, index) => pad(cells[index]?.[line] ?? '', column))
        .join(gap)
        .trimEnd(),
    );
  });
}

/** Lines of at most `width` characters. */
export function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ').flatMap((long) => long.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [''])) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function pad(text: string, { width, align = 'left' }: Column): string {
  return align === 'right' ? text.padStart(width) : text.padEnd(width);
}
