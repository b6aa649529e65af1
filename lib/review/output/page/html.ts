/** Markup that needs no escaping: made by `html`, or by a library that escapes its text. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What may stand in a template; `undefined` and `false` write nothing. */
export type Piece = string | number | Html | undefined | false | readonly Piece[];

/** Markup with all text escaped: names and text come from templates. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(strings.map((text, index) => text + written(pieces[index])).join(''));
}

/** A part of an id or of a fragment: lower-case letters, digits and hyphens. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}

function written(piece: Piece): string {
  if (piece === undefined || piece === false) return '';
  if (piece instanceof Html) return piece.markup;
  return typeof piece === 'object' ? piece.map(written).join('') : escaped(String(piece));
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
