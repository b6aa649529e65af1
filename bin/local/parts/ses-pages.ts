import { createHash } from 'node:crypto';
import { accountPages, shopPages } from '../../../services/contract';
import { html } from '../../../services/worker/emails/html';

/** What `SendEmail` has of one. */
export interface SesEmail {
  readonly FromEmailAddress: string;
  readonly Destination: { readonly ToAddresses: readonly string[] };
  readonly Content: {
    readonly Simple: {
      readonly Subject: { readonly Data: string };
      readonly Headers?: readonly { readonly Name: string; readonly Value: string }[];
      readonly Body: { readonly Text: { readonly Data: string }; readonly Html: { readonly Data: string } };
    };
  };
}

export interface EmailPage {
  readonly html: string;
  /** Content-Security-Policy. */
  readonly policy: string;
}

/** Lets an e-mail's links open pages, and lets it run and load nothing: it may have what a customer wrote. */
const sandbox = 'allow-popups allow-popups-to-escape-sandbox';
const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;background:#8882;padding:1rem}iframe{width:100%;height:25rem;border:1px solid #888}`;
/** What is behind the #. Without a character that `html` escapes. */
const showToken = 'document.querySelector(`output`).textContent=new URLSearchParams(location.hash.slice(1)).get(`token`)';

const hashOf = (script: string): string => createHash('sha256').update(script).digest('base64');
const policy = `default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; script-src 'sha256-${hashOf(showToken)}'`;
const ofAnEmail = `sandbox ${sandbox}; default-src 'none'; style-src 'unsafe-inline'; img-src data:`;

/** The page at a path: the list of e-mails, one of them, its HTML by itself, or what stands for a page of the shop. */
export function emailPage(path: string, emails: readonly SesEmail[]): EmailPage | undefined {
  if (path === '/') return { html: list(emails), policy };
  if ([...Object.values<string>(accountPages), shopPages.stopEmails].includes(path)) return { html: accountPage(path), policy };
  const [, number = '', alone] = /^\/emails\/(\d{1,9})(\/html)?$/.exec(path) ?? [];
  const email = emails[Number(number) - 1];
  if (email === undefined) return undefined;
  if (alone === undefined) return { html: oneEmail(email, `${path}/html`), policy };
  const { Data: source } = email.Content.Simple.Body.Html;
  return { html: source.replace('<head>', '<head><base target="_blank">'), policy: ofAnEmail };
}

const subjectOf = ({ Content }: SesEmail): string => Content.Simple.Subject.Data;
const recipientsOf = ({ Destination }: SesEmail): string => Destination.ToAddresses.join(', ');

/** As mail programs show them: one says which request an e-mail came from. */
const headersOf = ({ Content }: SesEmail): string =>
  (Content.Simple.Headers ?? []).map(({ Name, Value }) => `${Name}: ${Value}`).join('\n');

/** The newest first; it looks for new ones by itself. */
function list(emails: readonly SesEmail[]): string {
  const items = emails.map(
    (email, index) => html`<li><a href="/emails/${index + 1}">${subjectOf(email)}</a> to ${recipientsOf(email)}</li>\n`,
  );
  const body = html`<h1>E-mails</h1>
<ol reversed>${items.toReversed()}</ol>
<p>${emails.length === 0 ? 'None was sent yet.' : ''}</p>`;
  return page('E-mails', body, html`<meta http-equiv="refresh" content="5">`);
}

function oneEmail(email: SesEmail, source: string): string {
  const body = html`<p><a href="/">All e-mails</a></p>
<h1>${subjectOf(email)}</h1>
<p>From ${email.FromEmailAddress} to ${recipientsOf(email)}</p>
<pre>${headersOf(email)}</pre>
<h2>HTML</h2>
<iframe title="HTML" sandbox="${sandbox}" src="${source}"></iframe>
<h2>Text</h2>
<pre>${email.Content.Simple.Body.Text.Data}</pre>`;
  return page(subjectOf(email), body);
}

function accountPage(path: string): string {
  const body = html`<h1>${path}</h1>
<p>The shop’s front end has this page. It gives the API the token that is behind the # of the link:</p>
<pre><output></output></pre>
<script>${showToken}</script>`;
  return page(path, body);
}

type Html = ReturnType<typeof html>;

const page = (title: string, body: Html, head = html``): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}<style>${style}</style></head><body>
${body}
</body></html>
`.toString();
