import { Html, html, slug } from './html';

export interface Table {
  /** Unique on the page, since the table's id is derived from it. */
  readonly caption: string;
  readonly heading: readonly Cell[];
  /** Rows above the groups. */
  readonly rows?: Group['rows'];
  readonly groups?: readonly Group[];
  /** false: the heading above repeats it. @default true */
  readonly captionShown?: boolean;
}

export interface Group {
  /** A row of its own above the group. */
  readonly title?: string;
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = string | Html | CellWith;

export interface CellWith {
  readonly text: string | Html;
  /** Right-aligned. */
  readonly number?: boolean;
  /** Columns that the cell spans. */
  readonly span?: number;
  readonly strong?: boolean;
  /** Sentences: not squeezed into a narrow column. */
  readonly prose?: boolean;
}

/** A table that scrolls inside its own box on a narrow page. */
export function table({ caption, heading, rows = [], groups = [], captionShown = true }: Table): Html {
  const id = `table-${slug(caption)}`;
  return html`<div class="scroll" role="group" aria-labelledby="${id}" tabindex="0"><table>
<caption id="${id}"${!captionShown && html` class="hidden"`}><span>${caption}</span></caption>
<thead><tr>${heading.map((cell) => headingCell(cell, 'col'))}</tr></thead>
${[{ rows }, ...groups].filter((group) => group.rows.length > 0).map((group) => body(group, heading.length))}</table></div>
`;
}

export function right(text: string | Html): CellWith {
  return { text, number: true };
}

export function prose(text: string | Html): CellWith {
  return { text, prose: true };
}

function body({ title, rows }: Group, columns: number): Html {
  return html`<tbody>${title !== undefined && html`<tr class="group"><th scope="rowgroup" colspan="${columns}">${title}</th></tr>`}
${rows.map(
  ([first, ...others]) => html`<tr>${first !== undefined && headingCell(first, 'row')}${others.map(dataCell)}</tr>
`,
)}</tbody>
`;
}

function headingCell(cell: Cell, scope: 'col' | 'row'): Html {
  if (scope === 'col' && contentOf(cell) === '') return html`<td${classes(cell)}></td>`;
  return html`<th scope="${scope}"${classes(cell)}>${contentOf(cell)}</th>`;
}

function dataCell(cell: Cell): Html {
  const span = typeof cell === 'object' && 'span' in cell ? cell.span : undefined;
  return html`<td${classes(cell)}${span !== undefined && html` colspan="${span}"`}>${contentOf(cell)}</td>`;
}

function contentOf(cell: Cell): string | Html {
  return typeof cell === 'string' || cell instanceof Html ? cell : cell.text;
}

function classes(cell: Cell): Html | undefined {
  if (typeof cell === 'string' || cell instanceof Html) return undefined;
  const names = [...(cell.number ? ['number'] : []), ...(cell.strong ? ['strong'] : []), ...(cell.prose ? ['prose'] : [])];
  return names.length > 0 ? html` class="${names.join(' ')}"` : undefined;
}
