import { type Html, html, slug } from '../../../../lib/review/output/page/html';

const cases: readonly (readonly [what: string, markup: Html, expected: string])[] = [
  [
    'text with markup in it',
    html`<p>${'<b onclick="x">&\'</b>'}</p>`,
    '<p>&lt;b onclick=&quot;x&quot;&gt;&amp;&#39;&lt;/b&gt;</p>',
  ],
  ['text in an attribute', html`<a title="${'" onload="x'}"></a>`, '<a title="&quot; onload=&quot;x"></a>'],
  ['markup in markup', html`<p>${html`<b>${'<'}</b>`}</p>`, '<p><b>&lt;</b></p>'],
  ['a list of both', html`${['<', html`<br>`, ['&']]}`, '&lt;<br>&amp;'],
  ['numbers, zero too', html`${0}-${12}`, '0-12'],
  ['nothing for what is not there', html`[${undefined}${false}]`, '[]'],
];

describe('the template of the page', () => {
  it.each(cases)('writes %s', (_, { markup }, expected) => {
    expect(markup).toBe(expected);
  });

  it.each([
    ['database connections', 'database-connections'],
    ['  What it costs, USD! ', 'what-it-costs-usd'],
    ['../store.json', 'store-json'],
  ])('makes of %j the fragment %j', (text, fragment) => {
    expect(slug(text)).toBe(fragment);
  });
});
