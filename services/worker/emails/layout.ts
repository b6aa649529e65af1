import { html } from './html';

export interface EmailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where mail programs post that its reader wants no more e-mails like it. @default - it comes in any case */
  readonly stopUrl?: string;
}

export interface EmailRow {
  readonly what: string;
  readonly amount: string;
}

/** A paragraph; a link with its text; lines below a heading; or amounts with what they add up to. */
export type EmailPart =
  | string
  | { readonly label: string; readonly url: string }
  | { readonly label: string; readonly lines: readonly string[] }
  | { readonly rows: readonly EmailRow[]; readonly total: EmailRow };

/** An e-mail as text and as HTML, which say the same. `name`: of whoever reads it; empty: nobody's. */
export function layOut(subject: string, name: string, parts: readonly EmailPart[]): EmailContent {
  const all = [name === '' ? 'Hello,' : `Hello ${name},`, ...parts];
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${subject}</title></head><body>
${all.map(asHtml)}</body></html>
`;
  return { subject, text: `${all.map(asText).join('\n\n')}\n`, html: page.toString() };
}

function asText(part: EmailPart): string {
  if (typeof part === 'string') return part;
  if ('url' in part) return `${part.label}:\n${part.url}`;
  if ('lines' in part) return [`${part.label}:`, ...part.lines].join('\n');
  return [...part.rows, part.total].map(({ what, amount }) => `${what}: ${amount}`).join('\n');
}

function asHtml(part: EmailPart) {
  if (typeof part === 'string') return html`<p>${part}</p>\n`;
  if ('url' in part) return html`<p><a href="${part.url}">${part.label}</a></p>\n`;
  if ('lines' in part) return html`<p>${part.label}:${part.lines.map((line) => html`<br>${line}`)}</p>\n`;
  const rows = part.rows.map(({ what, amount }) => html`<tr><td>${what}</td><td align="right">${amount}</td></tr>`);
  const { what, amount } = part.total;
  return html`<table>${rows}<tr><th align="left">${what}</th><th align="right">${amount}</th></tr></table>\n`;
}
