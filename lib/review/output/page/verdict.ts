import { requests } from '../../capacity/load-figures';
import type { CapacityReview } from '../../capacity/types';
import type { StoreReview } from '../../review-store';
import { headroomText } from '../../text/headroom';
import { range, usd } from '../../text/money';
import { type Html, html } from './html';
import { mark, type Section } from './section';

/** The first screen: whether each size holds, what it costs, what breaks first and how far off that is. */
export function verdict(reviews: readonly StoreReview[]): Section {
  return {
    id: 'verdict',
    title: reviews.length === 1 ? 'Verdict' : 'Verdict of each size',
    titleShown: false,
    body: html`<ul class="cards">${reviews.map(card)}</ul>`,
  };
}

function card(review: StoreReview): Html {
  const { name, total, band, costIsAtLeast, capacity } = review;
  return html`<li class="card"><h3>${name}</h3><p class="marks">${marksOf(review).map((one) => html`${one} `)}</p>
<p><span class="big">${usd(total.usdPerMonth)}</span>${costIsAtLeast && ' and more'} USD a month</p>
<dl><dt>low-high</dt><dd>${range(band.low, band.high, usd)} USD</dd><dt>breaks first</dt><dd>${bottleneckText(capacity)}</dd><dt>headroom</dt><dd>${headroom(capacity)}</dd></dl></li>
`;
}

/** Everything that does not hold or is open; else that it holds. */
function marksOf({ budget, capacity }: StoreReview): readonly Html[] {
  const verdicts = new Set(capacity.demands.map((demand) => demand.verdict));
  const all = [
    ...(verdicts.has('falls short') ? [mark('bad', 'falls short')] : []),
    ...(budget.verdict === 'exceeded' ? [mark('bad', 'budget exceeded')] : []),
    ...(verdicts.has('not known') || !capacity.complete ? [mark('warn', 'open: capacity not known')] : []),
    ...(budget.verdict === 'incomplete' ? [mark('warn', 'open: prices missing')] : []),
  ];
  return all.length > 0 ? all : [mark('good', 'holds')];
}

function bottleneckText({ bottleneck, maxLoad, complete }: CapacityReview): Html {
  if (!bottleneck || !maxLoad) return html`not known`;
  return html`${bottleneck.title} at ${!complete && 'most '}${requests(maxLoad)} requests/s`;
}

/** Of the requirement that has least; while one is not known, it may be that one. */
function headroom({ demands }: CapacityReview): Html {
  const text = headroomText(demands);
  return text ? html`<span class="keep">${text.factor}</span>${text.rest}` : html`not known`;
}
