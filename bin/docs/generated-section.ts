/** The document with what stands between the marks of a section written anew; the rest stays as somebody wrote it. */
export function withGeneratedSection(document: string, section: string, text: string): string {
  const [begin, end] = [`<!-- docs:${section} -->`, `<!-- /docs:${section} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The document has no lines "${begin}" and "${end}"`);
  return `${document.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${document.slice(to)}`;
}
