import type { Report } from '../../report';
import { priceDates } from '../../text/price-sources';
import { alarms } from './alarms';
import { architecture } from './architecture';
import { assumptions } from './assumptions';
import { attention } from './attention';
import { capacity } from './capacity';
import { changes } from './changes';
import { cost } from './cost';
import { costLines } from './cost-lines';
import { findings } from './findings';
import { forecast } from './forecast';
import { type Html, html } from './html';
import { otherMonths } from './other-months';
import { protection } from './protection';
import { risks } from './risks';
import { type Section, section } from './section';
import { withShortNames } from './short-names';
import { style } from './style';
import { summary } from './summary';
import { verdict } from './verdict';

/** The report as one HTML file without scripts or external files. */
export function reviewPage(given: Report): string {
  const report = withShortNames(given);
  const first = verdict(report.reviews);
  const sections = sectionsOf(report);
  const title = titleOf(report);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>
<h1>${title}</h1>
<p class="made">${generatedFrom(report)}</p>
</header>
<main id="content">
${section(first)}<nav aria-label="Sections"><ul>${sections.map((one) => html`<li><a href="#${one.id}">${one.title}</a></li>`)}</ul></nav>
${sections.map(section)}</main>
<footer><p>Written by <code>${report.command}</code>. [drop-store] to [growth-plan] are the customer’s documents: docs/sources.md. docs/unproven.md lists what has not been tested on AWS yet.</p></footer>
</body>
</html>
`.markup;
}

/** Below the first screen. */
function sectionsOf({ reviews, assessment, crossings, changes: all }: Report): readonly Section[] {
  return [
    summary(reviews),
    forecast(assessment, reviews),
    attention(reviews),
    cost(reviews),
    otherMonths(reviews, crossings),
    capacity(reviews),
    assumptions(reviews),
    changes(all),
    alarms(reviews),
    protection(reviews),
    findings(reviews),
    risks(reviews),
    architecture(reviews),
    costLines(reviews),
  ].filter((one) => one !== undefined);
}

function titleOf({ reviews, changes: all }: Report): string {
  const [only] = reviews;
  const [change] = all;
  if (all.length === 1 && change) return `Store review: ${change.from} → ${change.to}`;
  return reviews.length === 1 && only ? `Store review: ${only.name}` : 'Store review';
}

function generatedFrom({ generatedAt, reviews }: Report): Html {
  const facts = [
    ...new Set(reviews.map(({ region }) => region)),
    `prices of ${priceDates(reviews)}`,
    'from the templates, without calling AWS',
  ];
  return html`${facts.map((fact) => html`${fact} · `)}generated <time datetime="${generatedAt}">${generatedAt.slice(0, 10)}</time>`;
}
