import { concurrentUsers, requests } from '../../capacity/load-figures';
import type { CapacityReview, Demand, Step, UnitCosts } from '../../capacity/types';
import { type QuotaVerdict, quotaVerdicts } from '../../quotas/quotas';
import type { StoreReview } from '../../review-store';
import { headroomOf, headroomText } from '../../text/headroom';
import { figure, times } from '../../text/money';
import { capacityChart } from './capacity-chart';
import { type Html, html } from './html';
import { moverTable } from './mover-table';
import { Numbered } from './numbered';
import { code, collapsible, mark, type Section, type Tone } from './section';
import { type Cell, prose, right, table } from './table';
import { demandMark, difference } from './verdicts';

/** The capacity of each size, its bottleneck, and whether it is what the documents require. */
export function capacity(reviews: readonly StoreReview[]): Section {
  const sources = new Numbered('L');
  const limits = reviews.map((review) =>
    collapsible(`How each limit of ${review.name} is calculated`, limitTable(review, sources)),
  );
  return {
    id: 'capacity',
    title: 'Capacity',
    lead: 'Each mark is the limit that a part sets, in viewers’ requests/s on a logarithmic scale. The bottleneck is named. A hollow mark is informational: it applies for a limited time or in a drop only, or scaling raises it.',
    body: html`<div class="panels">${reviews.map(panel)}</div>
${collapsible(html`Requirements of the documents ${demandMarks(reviews)}`, demandTable(reviews))}${collapsible(
  html`Quotas of the account ${quotaMarks(reviews)}`,
  quotaTable(reviews),
)}${collapsible('The three assumptions that move each headroom most', headroomTable(reviews))}${collapsible('Cost of a user, an order and 1,000 requests', unitCosts(reviews))}${limits}${sources.list('Sources of the limits')}`,
  };
}

function panel(review: StoreReview): Html {
  const { bottleneck, maxLoad, complete, recommendedUpgrade, nextUpgrade } = review.capacity;
  return html`<figure class="panel">
<figcaption><strong>${review.name}</strong> ${
    maxLoad && bottleneck
      ? html`${!complete && 'at most '}<span class="big">${requests(maxLoad)}</span> requests/s, ${concurrentUsers(maxLoad)} concurrent users<br><span class="facts">bottleneck: ${bottleneck.title}</span>`
      : 'capacity not known'
  }</figcaption>
${capacityChart(review)}
${notDrawn(review.capacity)}
${atHitRates(review.capacity)}
${shortfall(review.capacity)}
${!recommendedUpgrade && nextUpgrade && html`<p class="facts">Next upgrade: ${stepText(nextUpgrade)}</p>`}
</figure>
`;
}

function notDrawn({ limits }: CapacityReview): Html {
  const unmeasured = limits
    .filter(({ maxLoad }) => maxLoad === 'not measured' || maxLoad === 'not known')
    .map(({ title }) => title);
  const endless = limits.filter(({ maxLoad }) => maxLoad === 'no limit').map(({ title }) => title);
  const sentences = [
    ...(unmeasured.length > 0 ? [`Not measured: ${unmeasured.join(', ')}.`] : []),
    ...(endless.length > 0 ? [`No limit: ${endless.join(', ')}.`] : []),
  ];
  return html`<p class="facts">${sentences.join(' ')}</p>`;
}

function atHitRates({ atHitRates: all }: CapacityReview): Html | undefined {
  const at = all.flatMap(({ cdnHitRate, maxLoad }) => (maxLoad ? [`${figure(cdnHitRate * 100)}% ${requests(maxLoad)}`] : []));
  if (at.length === 0) return undefined;
  return html`<p class="facts">Requests/s at the CDN hit rates that the documents aim at [growth-plan]: ${at.join(', ')}.</p>`;
}

/** Requirements that it does not meet, and the cheapest upgrade that does. */
function shortfall({ demands, recommendedUpgrade }: CapacityReview): Html | undefined {
  const short = demands.filter(({ verdict }) => verdict === 'falls short');
  if (short.length === 0) return undefined;
  return html`<div class="note bad"><p>${short.map((demand) => `Required: ${demand.required}; capacity: ${demand.capacity}`).join('. ')}.</p>${
    recommendedUpgrade
      ? html`<p>Cheapest upgrade that meets all requirements: ${stepText(recommendedUpgrade)}</p>${code(recommendedUpgrade.lines)}`
      : html`<p>No upgrade was found that meets all requirements.</p>`
  }</div>`;
}

function stepText({ text, usdPerMonth, maxLoad, nextBottleneck }: Step): string {
  return [
    `${text}, ${difference(usdPerMonth)}`,
    ...(maxLoad ? [`capacity ${requests(maxLoad)} requests/s`] : []),
    ...(nextBottleneck === undefined ? [] : [`next bottleneck: ${nextBottleneck}`]),
  ].join('; ');
}

/** What the folded table says, for who does not open it. */
function demandMarks(reviews: readonly StoreReview[]): Html {
  const all = reviews.flatMap(({ capacity: { demands } }) => demands.map(({ verdict }) => verdict));
  const count = (verdict: Demand['verdict']): number => all.filter((one) => one === verdict).length;
  const [short, open] = [count('falls short'), count('not known')];
  return html`${short > 0 && mark('bad', `${short} of ${all.length} fall short`)} ${open > 0 && mark('warn', `${open} not known`)} ${short + open === 0 && mark('good', 'all hold')}`;
}

function quotaMarks(reviews: readonly StoreReview[]): Html {
  const tight = reviews.filter(({ quotas }) => quotas.some(({ verdict }) => verdict !== 'holds')).map(({ name }) => name);
  return tight.length === 0 ? mark('good', 'all hold') : mark('warn', `to check: ${tight.join(', ')}`);
}

function demandTable(reviews: readonly StoreReview[]): Html {
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
  return table({
    caption: 'Requirements of the documents by size',
    heading: ['required', 'capacity', right('headroom'), 'verdict', 'source'],
    groups,
  });
}

/** The headroom of the tightest requirement, beside the size as it is. */
function headroomTable(reviews: readonly StoreReview[]): Html {
  return moverTable({
    caption: 'Assumptions by what they move of the headroom, each from its low to its high end alone',
    moved: 'headroom',
    sizes: reviews.map(({ name, capacity: { demands, movers } }) => {
      const now = headroomText(demands);
      return { title: `${name}, as assumed: ${now ? now.factor + now.rest : 'not known'}`, movers };
    }),
    text: (low, high) => `${headroomOf(low.headroom)} → ${headroomOf(high.headroom)}`,
  });
}

function quotaTable(reviews: readonly StoreReview[]): Html {
  const groups = reviews.map(({ name, quotas }) => ({
    title: name,
    rows: quotas
      .filter(({ most, verdict }) => most > 0 || verdict === 'not known')
      .map(({ title, quota, overridden, least, most, deploying, verdict }) => [
        title,
        right(`${figure(quota)}${overridden ? ' (--assume)' : ''}`),
        amountCell(verdict, least),
        amountCell(verdict, most),
        amountCell(verdict, deploying),
        mark(quotaTone(verdict), quotaVerdicts[verdict]),
      ]),
  }));
  return table({
    caption: 'Quotas of the account by size, in its region; AWS’s defaults unless set with --assume',
    heading: ['quota', right('quota'), right('minimum'), right('maximum'), right('while deploying'), 'it'],
    groups,
  });
}

function amountCell(verdict: QuotaVerdict, amount: number): Cell {
  return right(verdict === 'not known' ? '-' : figure(amount, 4));
}

function quotaTone(verdict: QuotaVerdict): Tone {
  if (verdict === 'holds') return 'good';
  return verdict === 'slows deployments' || verdict === 'delays the peak' || verdict === 'not known' ? 'warn' : 'bad';
}

function unitCosts(reviews: readonly StoreReview[]): Html {
  const costs = (name: Exclude<keyof UnitCosts, 'usdPerUserHolds'>) =>
    reviews.map(({ capacity: own }) => right(unitCost(own.costs[name])));
  return table({
    caption: 'Unit costs, USD',
    heading: ['', ...reviews.map(({ name }) => right(name))],
    rows: [
      ['per user and month', ...costs('usdPerUser')],
      ['below the documents’ 0.10 per user', ...reviews.map(({ capacity: own }) => right(holdsText(own.costs.usdPerUserHolds)))],
      ['per order', ...costs('usdPerOrder')],
      ['per visit', ...costs('usdPerVisit')],
      ['per 1,000 requests', ...costs('usdPerThousandRequests')],
    ],
  });
}

const unitCost = (value: number | undefined): string => (value === undefined ? '-' : figure(value, 4));

function holdsText(holds: boolean | undefined): Html | string {
  return holds === undefined ? '-' : demandMark(holds ? 'holds' : 'falls short');
}

function limitTable({ name, capacity: { limits } }: StoreReview, sources: Numbered): Html {
  return table({
    caption: `Limits of ${name}, the tightest first`,
    heading: ['limit', 'duration', right('requests/s'), right('concurrent users'), 'value', 'calculation', 'sources'],
    rows: limits.map(({ title, duration, maxLoad, value, calculation, sources: own }) => [
      title,
      duration,
      right(typeof maxLoad === 'string' ? maxLoad : requests(maxLoad)),
      right(typeof maxLoad === 'string' ? '-' : concurrentUsers(maxLoad)),
      value,
      prose(calculation),
      sources.numbersOf(own),
    ]),
  });
}
