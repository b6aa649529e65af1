import { type Html, html } from './html';
import { collapsible } from './section';

/** Sources, each told once under a number that tables point at. */
export class Numbered {
  private readonly texts: string[] = [];

  /** @param letter before each number, since the documents are called [drop-store] to [growth-plan] */
  constructor(private readonly letter: string) {}

  /** `[L1] [L4]` */
  numbersOf(sources: readonly string[]): string {
    return sources.map((source) => `[${this.letter}${this.numberOf(source)}]`).join(' ');
  }

  list(title: string): Html | undefined {
    if (this.texts.length === 0) return undefined;
    return collapsible(
      `${title} (${this.texts.length})`,
      sourceList(this.texts.map((text, index) => [`${this.letter}${index + 1}`, text])),
    );
  }

  private numberOf(source: string): number {
    const known = this.texts.indexOf(source);
    return known < 0 ? this.texts.push(source) : known + 1;
  }
}

/** Sources under the names that tables point at. */
export function sourceList(sources: readonly (readonly [name: string, text: string])[]): Html {
  return html`<ul class="sources">${sources.map(([name, text]) => html`<li>[${name}] ${text}</li>`)}</ul>`;
}
