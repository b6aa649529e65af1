import type { Report } from '../../report';
import type { StoreReview } from '../../review-store';
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
import { type Html, html } from './html';
import { protection } from './protection';
import { risks } from './risks';
import { type Section, section } from './section';
import { withShortNames } from './short-names';
import { style } from './style';
import { summary } from './summary';

/** The whole report as one HTML file that loads nothing and runs nothing. What a review does not know is left out. */
export function reviewPage(given: Report): string {
  const report = withShortNames(given);
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
<p class="made">${madeFrom(report)}</p>
<nav aria-label="Sections"><ul>${sections.map((one) => html`<li><a href="#${one.id}">${one.title}</a></li>`)}</ul></nav>
</header>
<main id="content">
${sections.map(section)}</main>
<footer><p>Written by <code>${report.command}</code>. [drop-store] to [growth-plan] are the customer’s documents: docs/sources.md. What no AWS account has shown yet stands in docs/unproven.md.</p></footer>
</body>
</html>
`.markup;
}

function sectionsOf({ reviews, changes: all }: Report): readonly Section[] {
  const change = changes(all);
  if (reviews.length === 0) return change ? [change] : [];
  return [
    summary(reviews),
    attention(reviews),
    cost(reviews),
    capacity(reviews),
    assumptions(reviews),
    change,
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

function madeFrom({ madeAt, reviews }: Report): Html {
  const facts = [
    ...regions(reviews),
    ...(reviews.some(({ lines }) => lines.length > 0) ? [`prices of ${priceDates(reviews)}`] : []),
    'from the templates alone: no AWS call',
  ];
  return html`${facts.map((fact) => html`${fact} · `)}made <time datetime="${madeAt}">${madeAt.slice(0, 10)}</time>`;
}

function regions(reviews: readonly StoreReview[]): readonly string[] {
  return [...new Set(reviews.map(({ region }) => region))];
}
