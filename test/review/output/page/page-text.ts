/** What a reader sees of a page’s markup; enough for markup that this project writes itself. */
import type { Section } from '../../../../lib/review/output/page/section';

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** A section's own markup; a sentence where it is left out. */
export function markupOf(section: Section | undefined): string {
  return section?.body.markup ?? 'no section';
}

/** Words in a picture, in the order in which they are drawn. */
export function wordsOf(markup: string): readonly string[] {
  return [...markup.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
}

/** Without tags and pictures, entities resolved, white space as one blank. */
export function textOf(markup: string): string {
  return markup
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, ' ')
    .replaceAll(/<\/?(?:span|a|strong|code|time|wbr)\b[^>]*>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(#?\w+);/g, (_, name: string) => entities[name] ?? '?')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Rows of the table with this caption, each a list of its cells’ texts; the heading is the first. */
export function tableRows(markup: string, caption: string): readonly (readonly string[])[] {
  const tables = [...markup.matchAll(/<table>([\s\S]*?)<\/table>/g)].map(([, inner = '']) => inner);
  const own = tables.find((inner) => textOf(/<caption[^>]*>([\s\S]*?)<\/caption>/.exec(inner)?.[1] ?? '') === caption);
  return [...(own ?? '').matchAll(/<tr\b[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd]\b[^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) => textOf(cell)),
  );
}

/** The row that begins with this cell. */
export function rowOf(markup: string, caption: string, first: string): readonly string[] {
  return tableRows(markup, caption).find(([cell]) => cell === first) ?? [];
}

/** Values of an attribute, in the order of the page. */
export function attributes(markup: string, name: string): readonly string[] {
  return [...markup.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) => value);
}
