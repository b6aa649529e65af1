import { requests, usersAtOnce } from '../../capacity/load-figures';
import type { CapacityReview, Step, UnitCosts } from '../../capacity/types';
import type { StoreReview } from '../../review-store';
import { figure, times } from '../../text/money';
import { capacityChart, capacityPicture } from './capacity-chart';
import { type Html, html } from './html';
import { Numbered } from './numbered';
import { code, collapsible, type Section } from './section';
import { type Cell, prose, right, row, table } from './table';
import { demandMark, difference } from './verdicts';

/** What each size carries, what ends it first, and whether that is what the documents ask. */
export function capacity(reviews: readonly StoreReview[]): Section {
  const sources = new Numbered('L');
  const limits = reviews.map((review) =>
    collapsible(`How every limit of ${review.name} was worked out`, limitTable(review, sources)),
  );
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
  const { bottleneck, maxLoad, complete, recommendedUpgrade, nextUpgrade } = review.capacity;
  const picture = capacityPicture(review);
  return html`<figure class="panel">
<figcaption><strong>${review.name}</strong> ${
    maxLoad && bottleneck
      ? html`${!complete && 'at most '}<span class="big">${requests(maxLoad)}</span> requests/s, ${usersAtOnce(maxLoad)} users at once<br><span class="facts">breaks first: ${bottleneck.title}</span>`
      : 'nothing is known of what it carries'
  }</figcaption>
${picture.limits.length > 0 && capacityChart(picture)}
${notDrawn(review.capacity)}
${atHitRates(review.capacity)}
${shortfall(review.capacity)}
${!recommendedUpgrade && nextUpgrade && html`<p class="facts">One step up: ${stepText(nextUpgrade)}</p>`}
</figure>
`;
}

function notDrawn({ limits }: CapacityReview): Html | undefined {
  const unmeasured = limits
    .filter(({ maxLoad }) => maxLoad === 'not measured' || maxLoad === 'not known')
    .map(({ title }) => title);
  const endless = limits.filter(({ maxLoad }) => maxLoad === 'no limit').map(({ title }) => title);
  if (unmeasured.length + endless.length === 0) return undefined;
  const told = [
    ...(unmeasured.length > 0 ? [`Not measured: ${unmeasured.join(', ')}.`] : []),
    ...(endless.length > 0 ? [`No limit: ${endless.join(', ')}.`] : []),
  ];
  return html`<p class="facts">${told.join(' ')}</p>`;
}

function atHitRates({ atHitRates: all }: CapacityReview): Html | undefined {
  const at = all.flatMap(({ cdnHitRate, maxLoad }) => (maxLoad ? [`${figure(cdnHitRate * 100)}% ${requests(maxLoad)}`] : []));
  if (at.length === 0) return undefined;
  return html`<p class="facts">Requests/s where the CDN answers as the documents aim at [growth-plan]: ${at.join(', ')}.</p>`;
}

/** Where it does not carry what its document claims, and the cheapest change that would. */
function shortfall({ demands, recommendedUpgrade }: CapacityReview): Html | undefined {
  const short = demands.filter(({ verdict }) => verdict === 'falls short');
  if (short.length === 0) return undefined;
  return html`<div class="note bad"><p>${short.map((demand) => `Required: ${demand.required}; capacity: ${demand.capacity}`).join('. ')}.</p>${
    recommendedUpgrade
      ? html`<p>The cheapest change that would: ${stepText(recommendedUpgrade)}</p>${code(recommendedUpgrade.lines)}`
      : html`<p>No steps were found that would.</p>`
  }</div>`;
}

function stepText({ text, usdPerMonth, maxLoad, nextBottleneck }: Step): string {
  return [
    `${text}, ${difference(usdPerMonth)}`,
    ...(maxLoad ? [`carries ${requests(maxLoad)} requests/s`] : []),
    ...(nextBottleneck === undefined ? [] : [`then ${nextBottleneck} breaks first`]),
  ].join('; ');
}

function demandTable(reviews: readonly StoreReview[]): Html | undefined {
  const groups = reviews.map(({ name, capacity: { demands } }) => ({
    title: name,
    rows: demands.map(({ required, capacity: available, headroom, verdict, source }) => [
      required,
      available,
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
            costs(({ usdPerUser }) => usdPerUser),
          ),
          row(
            'under the documents’ 0.10 a user',
            reviews.map(({ capacity: own }) => right(holdsText(own.costs.usdPerUserHolds))),
          ),
          row(
            'an order',
            costs(({ usdPerOrder }) => usdPerOrder),
          ),
          row(
            '1,000 requests',
            costs(({ usdPerThousandRequests }) => usdPerThousandRequests),
          ),
        ],
      },
    ],
  });
}

function cents(value: number | undefined): Cell {
  return right(value === undefined ? '-' : figure(value, 4));
}

function holdsText(holds: boolean | undefined): Html | string {
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
          limit.duration,
          right(typeof limit.maxLoad === 'string' ? limit.maxLoad : requests(limit.maxLoad)),
          right(typeof limit.maxLoad === 'string' ? '-' : usersAtOnce(limit.maxLoad)),
          limit.value,
          prose(limit.calculation),
          sources.numbersOf(limit.sources),
        ]),
      },
    ],
  });
}
