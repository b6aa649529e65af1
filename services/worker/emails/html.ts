const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** Text that stands in HTML as it is. */
class Html {
  constructor(private readonly source: string) {}

  toString(): string {
    return this.source;
  }
}

/** A template whose values are escaped, unless they come from such a template themselves. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Html | readonly Html[])[]): Html {
  const insert = (value: (typeof values)[number] | undefined): string => {
    if (value === undefined) return '';
    if (value instanceof Html) return value.toString();
    return typeof value === 'object' ? value.join('') : escape(String(value));
  };
  return new Html(parts.map((part, index) => part + insert(values[index])).join(''));
}
