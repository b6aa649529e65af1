import { reviewPage } from '../../../../lib/review/output/page/review-page';
import { attributes, textOf } from './page-text';
import { fullReport, fullReview, realReview, reportOf, sampleChange } from './sample-report';

const full = reviewPage(fullReport());
const plain = reviewPage(reportOf([realReview('small')]));
const oneChange = reviewPage(
  reportOf([realReview('small'), realReview('medium')], { changes: [sampleChange('small', 'medium')] }),
);

const pages = {
  'of four sizes and twelve changes': full,
  'of one size alone': plain,
  'of one change': oneChange,
};
const eachPage = Object.entries(pages);

const titles = (page: string) => [...page.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, title]) => title);

describe('the page', () => {
  it('tells what somebody needs to choose a size, in this order', () => {
    expect(titles(full)).toEqual([
      'Verdict of each size',
      'Overview of the sizes',
      'Forecast',
      'Check before you choose',
      'Cost',
      'Other months',
      'Capacity',
      'Assumptions',
      'Changes of size',
      'Alarms',
      'Protection',
      'Security findings',
      'Accepted risks',
      'Architecture',
      'Every cost line',
    ]);
  });

  it('has the verdict before the links to details, and these before the first table', () => {
    const order = ['<section id="verdict"', '<nav ', '<section id="sizes"', '<table>'].map((start) => full.indexOf(start));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order).not.toContain(-1);
  });

  it('has no section of changes where none was asked for', () => {
    expect(titles(plain)).not.toContain('Changes of size');
  });

  it('says what it was made from', () => {
    const made = textOf(/<p class="made">(.*?)<\/p>/.exec(full)?.[1] ?? '');
    expect(made).toMatch(
      /^us-east-1 · prices of 20\S+ to 20\S+ · from the templates, without calling AWS · generated 2026-11-20$/,
    );
    expect(textOf(full)).toContain('Written by npm start');
  });

  it.each([
    ['Store review', full],
    ['Store review: small', plain],
    ['Store review: small → medium', oneChange],
  ])('is called %s', (title, page) => {
    expect(page).toContain(`<title>${title}</title>`);
    expect(page).toContain(`<h1>${title}</h1>`);
  });

  it('stays under 400 KB for four sizes and twelve changes', () => {
    expect(Buffer.byteLength(full)).toBeLessThan(400_000);
  });

  it('is the same for the same report', () => {
    expect(reviewPage(fullReport())).toBe(full);
  });
});

describe.each(eachPage)('a page %s', (_, page) => {
  it('loads nothing', () => {
    expect(page).not.toMatch(
      /<(?:script|link|img|iframe|object|embed|video|audio|form|base)\b|@import|url\((?!#)|\s(?:src|srcset|action)=/i,
    );
    expect(attributes(page, 'href').filter((link) => !link.startsWith('#'))).toEqual([]);
  });

  it('forbids the browser to load or run anything', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`);
    expect(page).not.toMatch(/\son\w+=/);
  });

  it('has no id twice', () => {
    const ids = attributes(page, 'id');
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('has a target for every link and every label', () => {
    const ids = attributes(page, 'id');
    const named = [
      ...attributes(page, 'href').map((link) => link.slice(1)),
      ...attributes(page, 'aria-labelledby').flatMap((names) => names.split(' ')),
    ];
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has headings in order, one of them the first', () => {
    const levels = [...page.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
    const jumps = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(jumps).toEqual([]);
  });

  it('closes every element that it opens', () => {
    const open: string[] = [];
    const wrong: string[] = [];
    const single = new Set(['meta', 'br', 'wbr', 'rect', 'path']);
    for (const [tag, slash, name = ''] of page.replace('<!doctype html>', '').matchAll(/<(\/?)([a-z][\w:-]*)\b[^>]*>/gi)) {
      if (slash === '' && !single.has(name.toLowerCase())) open.push(name);
      else if (slash === '/' && !single.has(name.toLowerCase()) && open.pop() !== name) wrong.push(tag);
    }
    expect([open, wrong]).toEqual([[], []]);
  });

  it('says its language and has landmarks', () => {
    expect(page).toContain('<html lang="en">');
    for (const landmark of ['<header>', '<nav aria-label=', '<main id="content">', '<footer>']) expect(page).toContain(landmark);
  });

  it('gives every table a caption and every heading cell its scope', () => {
    const tables = page.split('<table>').slice(1);
    expect(tables.filter((table) => !table.trimStart().startsWith('<caption'))).toEqual([]);
    expect(page.match(/<th(?![a-z])(?! scope="(?:col|row|rowgroup)")/g)).toBeNull();
  });

  it('gives every picture a text', () => {
    const pictures = [...page.matchAll(/<(?:div class="chart"|svg(?=[^>]*viewBox="0 0 1120))[^>]*>/g)].map(([tag]) => tag);
    expect(pictures.filter((tag) => !/role="img" aria-label(?:ledby)?="[^"]{20,}"/.test(tag))).toEqual([]);
    expect(page.match(/<svg(?![^>]*(?:aria-hidden="true"|role="img"))/g)).toBeNull();
  });
});

describe('a template that somebody else wrote', () => {
  const evil = '</script><img src=x onerror=alert(1)>"\'&';
  const page = reviewPage(
    reportOf(
      [
        {
          ...fullReview('small'),
          name: evil,
          parts: [
            { title: evil, part: 'cache', text: evil },
            { part: 'database', title: 'database', text: evil },
          ],
          costs: [{ part: evil, fixedUsdPerMonth: 1, usageUsdPerMonth: 1, usdPerMonth: 2 }],
        },
      ],
      { changes: [{ ...sampleChange('small', 'medium'), from: evil, unchanged: [evil], deploy: evil }], command: evil },
    ),
  );

  it('brings no markup into the page, nor into its pictures', () => {
    expect(page).not.toMatch(/<img|<\/script/);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});
