import { type Html, html } from './html';

/** A part of the page under its own heading. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** false: what is below needs none for people who see it. @default true */
  readonly titleShown?: boolean;
  /** One sentence on what the section shows. */
  readonly lead?: string;
  readonly body: Html;
}

export function section({ id, title, titleShown = true, lead, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title"${!titleShown && html` class="hidden"`}>${title}</h2>
${lead !== undefined && html`<p class="lead">${lead}</p>`}
${body}
</section>
`;
}

/** Text that is folded until it is opened; printed open. */
export function collapsible(summary: Html | string, body: Html): Html {
  return html`<details><summary>${summary}</summary><div class="collapsible">${body}</div></details>
`;
}

export type Tone = 'good' | 'warn' | 'bad' | 'plain';

const signs: Readonly<Record<Tone, string>> = { good: '✓', warn: '▲', bad: '✕', plain: '·' };

/** A verdict in words, with a sign and a colour; never a colour alone. */
export function mark(tone: Tone, text: string): Html {
  return html`<span class="mark ${tone}"><span aria-hidden="true">${signs[tone]}</span>&nbsp;${text}</span>`;
}

/** A statement under its verdict: the sign is coloured, the words are for reading. */
export function judged(tone: Tone, verdict: string, text: string): Html {
  return html`<span class="mark ${tone}"><span aria-hidden="true">${signs[tone]}</span>&nbsp;<span${tone === 'good' && html` class="hidden"`}>${verdict}:</span></span> ${text}`;
}

export function list(items: readonly (Html | string)[]): Html {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

/** Lines to paste. */
export function code(lines: readonly string[]): Html {
  return html`<pre tabindex="0"><code>${lines.join('\n')}</code></pre>`;
}
