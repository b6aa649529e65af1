import { type End, notKnown } from '../../../../alarms/assessment/forecast';
import { endText, growthText } from '../../../../alarms/assessment/forecast-text';
import { type AssessedStore, assessedText, oldText } from '../../assessed-store';
import type { StoreReview } from '../../review-store';
import { type Html, html } from './html';
import { mark, type Section } from './section';
import { type Cell, prose, table } from './table';

/** When a running store outgrows its size and its budget; undefined where no assessment was given. */
export function forecast(store: AssessedStore | undefined, reviews: readonly StoreReview[]): Section | undefined {
  if (!store) return undefined;
  const growth = growthText(store.forecast);
  return {
    id: 'forecast',
    title: 'Forecast',
    lead: 'When a running store outgrows its size and its budget if requests go on growing as they did. It knows no season, no campaign, no drop.',
    body: html`<p>${assessedText(store)}${store.olderThanAWeek && html` ${mark('warn', oldText)}`}</p>
<p>${growth === undefined ? 'The growth of the requests is not known' : `Growth ${growth}`}.</p>
${table({
  caption: 'The month in which the size and the budget end',
  captionShown: false,
  heading: ['', 'expected', 'early', 'late', 'because'],
  rows: [endRow('the size ends', store.forecast.size), endRow('the budget ends', store.forecast.budget)],
})}${otherPrices(store, reviews)}`,
  };
}

function endRow(name: string, end: End): readonly Cell[] {
  const { early, late, because } = end;
  const known = end.expected !== notKnown;
  return [name, expected(end), known ? early : '-', known ? late : '-', prose(because)];
}

function expected(end: End): Cell {
  if (end.expected === notKnown) return mark('warn', notKnown);
  return end.months === 0 ? mark('bad', endText(end)) : { text: end.expected, strong: true };
}

function otherPrices({ region }: AssessedStore, reviews: readonly StoreReview[]): Html | undefined {
  const others = [...new Set(reviews.map((review) => review.region))].filter((other) => other !== region);
  if (others.length === 0) return undefined;
  return html`<p class="note">The costs on this page are those of ${others.join(', ')}; the forecast’s are those of ${region}.</p>`;
}
