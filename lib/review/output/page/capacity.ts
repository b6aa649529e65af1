import { requests, usersAtOnce } from '../../capacity/load-figures';
import type { CapacityReview, Step, UnitCosts } from '../../capacity/types';
import type { StoreReview } from '../../review-store';
import { figure, times } from '../../text/money';
import { capacityChart, capacityPicture } from './capacity-chart';
import { type Html, html } from './html';
import { Numbered } from './numbered';
import { code, folded, type Section } from './section';
import { type Cell, prose, right, row, table } from './table';
import { demandMark, difference } from './verdicts';

/** What each size carries, what ends it first, and whether that is what the documents ask. */
export function capacity(reviews: readonly StoreReview[]): Section {
  const sources = new Numbered('L');
  const limits = reviews.map((review) => folded(`How every limit of ${review.name} was worked out`, limitTable(review, sources)));
  return {
    id: 'capacity',
    title: 'What it carries',
    lead: 'Each mark is the limit that a part puts on the store, in requests of viewers a second on a scale of powers of ten. What breaks first is named; a hollow mark is told beside, since it holds for a while only or grows by itself.',
    body: html`<div class="panels">${reviews.map(panel)}</div>
${demandTable(reviews)}
${unitCosts(reviews)}
${limits}${sources.list('Sources of the limits')}`,
  };
}

function panel(review: StoreReview): Html {
  const { breaksFirst, carries, complete, remedy, stepUp } = review.capacity;
  const picture = capacityPicture(review);
  return html`<figure class="panel">
<figcaption><strong>${review.name}</strong> ${
    carries && breaksFirst
      ? html`${!complete && 'at most '}<span class="big">${requests(carries)}</span> requests/s, ${usersAtOnce(carries)} users at once<br><span class="facts">breaks first: ${breaksFirst.title}</span>`
      : 'nothing is known of what it carries'
  }</figcaption>
${picture.limits.length > 0 && capacityChart(picture)}
${notDrawn(review.capacity)}
${atHitRates(review.capacity)}
${shortfall(review.capacity)}
${!remedy && stepUp && html`<p class="facts">One step up: ${stepWords(stepUp)}</p>`}
</figure>
`;
}

function notDrawn({ limits }: CapacityReview): Html | undefined {
  const unmeasured = limits
    .filter(({ carries }) => carries === 'not measured' || carries === 'not known')
    .map(({ title }) => title);
  const endless = limits.filter(({ carries }) => carries === 'no limit').map(({ title }) => title);
  if (unmeasured.length + endless.length === 0) return undefined;
  const told = [
    ...(unmeasured.length > 0 ? [`Not measured: ${unmeasured.join(', ')}.`] : []),
    ...(endless.length > 0 ? [`No limit: ${endless.join(', ')}.`] : []),
  ];
  return html`<p class="facts">${told.join(' ')}</p>`;
}

function atHitRates({ atHitRates: all }: CapacityReview): Html | undefined {
  const at = all.flatMap(({ cdnHitRate, carries }) => (carries ? [`${figure(cdnHitRate * 100)}% ${requests(carries)}`] : []));
  if (at.length === 0) return undefined;
  return html`<p class="facts">Requests/s where the CDN answers as the documents aim at [4]: ${at.join(', ')}.</p>`;
}

/** Where it does not carry what its document claims, and the cheapest change that would. */
function shortfall({ demands, remedy }: CapacityReview): Html | undefined {
  const short = demands.filter(({ verdict }) => verdict === 'falls short');
  if (short.length === 0) return undefined;
  return html`<div class="note bad"><p>Asked are ${short.map(({ asks, carries }) => `${asks}; it carries ${carries}`).join('. ')}.</p>${
    remedy
      ? html`<p>The cheapest change that would: ${stepWords(remedy)}</p>${code(remedy.lines)}`
      : html`<p>No steps were found that would.</p>`
  }</div>`;
}

function stepWords({ words, usdPerMonth, carries, thenBreaksFirst }: Step): string {
  return [
    `${words}, ${difference(usdPerMonth)}`,
    ...(carries ? [`carries ${requests(carries)} requests/s`] : []),
    ...(thenBreaksFirst === undefined ? [] : [`then ${thenBreaksFirst} breaks first`]),
  ].join('; ');
}

function demandTable(reviews: readonly StoreReview[]): Html | undefined {
  const groups = reviews.map(({ name, capacity: { demands } }) => ({
    title: name,
    rows: demands.map(({ asks, carries, headroom, verdict, source }) => [
      asks,
      carries,
      right(headroom === undefined ? '-' : times(headroom)),
      demandMark(verdict),
      source,
    ]),
  }));
  if (groups.every(({ rows }) => rows.length === 0)) return undefined;
  return table({
    caption: 'What the documents ask of each size',
    heading: ['asked', 'carries', right('of what is asked'), 'verdict', 'source'],
    groups,
  });
}

function unitCosts(reviews: readonly StoreReview[]): Html {
  const costs = (of: (costs: UnitCosts) => number | undefined) => reviews.map(({ capacity: own }) => cents(of(own.costs)));
  return table({
    caption: 'Cost of a unit, USD',
    heading: row(
      '',
      reviews.map(({ name }) => right(name)),
    ),
    groups: [
      {
        rows: [
          row(
            'a user and month',
            costs(({ perUser }) => perUser),
          ),
          row(
            'under the documents’ 0.10 a user',
            reviews.map(({ capacity: own }) => right(holdsWords(own.costs.perUserHolds))),
          ),
          row(
            'an order',
            costs(({ perOrder }) => perOrder),
          ),
          row(
            '1,000 requests',
            costs(({ perThousandRequests }) => perThousandRequests),
          ),
        ],
      },
    ],
  });
}

function cents(value: number | undefined): Cell {
  return right(value === undefined ? '-' : figure(value, 4));
}

function holdsWords(holds: boolean | undefined): Html | string {
  return holds === undefined ? '-' : demandMark(holds ? 'holds' : 'falls short');
}

function limitTable({ name, capacity: { limits } }: StoreReview, sources: Numbered): Html {
  return table({
    caption: `Limits of ${name}, the tightest first`,
    heading: ['limit', 'holds', right('requests/s'), right('users at once'), 'its own figure', 'how', 'sources'],
    groups: [
      {
        rows: limits.map((limit) => [
          limit.title,
          limit.holds,
          right(typeof limit.carries === 'string' ? limit.carries : requests(limit.carries)),
          right(typeof limit.carries === 'string' ? '-' : usersAtOnce(limit.carries)),
          limit.own,
          prose(limit.how),
          sources.numbersOf(limit.sources),
        ]),
      },
    ],
  });
}
