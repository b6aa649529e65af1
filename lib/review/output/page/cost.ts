import type { StoreReview } from '../../review-store';
import { type Cost, fixedAndUsage, rangeText, usd } from '../../text/money';
import { targetCost } from '../../text/size-table';
import { costChart, type Slice } from './cost-chart';
import { type Html, html } from './html';
import { savings } from './savings';
import { collapsible, type Section } from './section';
import { type Cell, right, table } from './table';
import { budgetMark } from './verdicts';

/** Parts with their own colour in the style sheet; the others are drawn together. */
const coloured = 8;
const others = 'other parts';

/** The cost of each part, as bars compared with the documents’ range and the budget. */
export function cost(reviews: readonly StoreReview[]): Section {
  const parts = chosenParts(reviews);
  return {
    id: 'cost',
    title: 'Cost',
    lead: 'USD a month: fixed cost, which is billed without any customer, and usage in an assumed month. Each bar has its own scale.',
    body: html`${legend(reviews, parts)}
<div class="panels">${reviews.map((review) => panel(review, parts))}</div>
${collapsible('Cost of every part', costTable(reviews))}${collapsible('Target costs', targetCosts(reviews))}${savings(reviews)}`,
  };
}

/** The parts with the largest share in any of the reviews, largest first. */
function chosenParts(reviews: readonly StoreReview[]): readonly string[] {
  const shares = new Map<string, number>();
  for (const { costs, total } of reviews) {
    for (const { part, usdPerMonth: own } of costs)
      shares.set(part, Math.max(shares.get(part) ?? 0, total.usdPerMonth > 0 ? own / total.usdPerMonth : 0));
  }
  const sorted = [...shares].toSorted(([, one], [, other]) => other - one);
  return sorted.slice(0, coloured).map(([part]) => part);
}

function legend(reviews: readonly StoreReview[], parts: readonly string[]): Html {
  const drawn = new Map(reviews.flatMap((review) => slicesOf(review, parts)).map((slice) => [slice.part, slice]));
  const slices = [...parts, others].flatMap((part) => drawn.get(part) ?? []);
  return html`<ul class="legend" aria-label="Colours of the bars">${slices.map(
    ({ part, colour }) => html`<li><span class="swatch" style="background:${colour}" aria-hidden="true"></span>${part}</li>`,
  )}<li><span class="swatch band" aria-hidden="true"></span>target cost</li><li><span class="swatch stroke" aria-hidden="true"></span>budget</li></ul>`;
}

function panel(review: StoreReview, parts: readonly string[]): Html {
  const { name, total, budget } = review;
  return html`<figure class="panel">
<figcaption><strong>${name}</strong> <span class="big">${usd(total.usdPerMonth)}</span> USD a month<br><span class="facts">target ${targetCost(budget)} · budget ${budgetMark(budget)}</span></figcaption>
${costChart(review, slicesOf(review, parts))}</figure>
`;
}

function slicesOf({ costs }: StoreReview, parts: readonly string[]): readonly Slice[] {
  const costOf = (part: string) => costs.find((one) => one.part === part)?.usdPerMonth ?? 0;
  const rest = costs.filter(({ part }) => !parts.includes(part)).reduce((all, one) => all + one.usdPerMonth, 0);
  const slices = [
    ...parts.map((part, index) => ({ part, usdPerMonth: costOf(part), colour: `var(--part-${index + 1})` })),
    { part: others, usdPerMonth: rest, colour: 'var(--part-other)' },
  ];
  return slices.filter((slice) => slice.usdPerMonth > 0);
}

function costTable(reviews: readonly StoreReview[]): Html {
  const names = [...new Set(reviews.flatMap(({ costs }) => costs.map(({ part }) => part)))];
  return table({
    caption: 'Cost by part, USD a month: fixed + usage',
    heading: ['part', ...reviews.map(({ name }) => right(name))],
    rows: names.map((name) =>
      Array.of<Cell>(name, ...reviews.map(({ costs }) => right(sum(costs.find(({ part }) => part === name))))),
    ),
    groups: [{ rows: [['total', ...reviews.map(({ total }) => ({ ...right(sum(total)), strong: true }))]] }],
  });
}

/** Every figure of the documents, and why a size costs more than the lowest. */
function targetCosts(reviews: readonly StoreReview[]): Html {
  return table({
    caption: 'What the documents say that a store of the size costs, USD a month',
    heading: ['size', right('USD'), 'source'],
    groups: reviews.map(({ name, budget }) => ({
      rows: [
        ...budget.targetCosts.map(({ from, to, source }) => Array.of<Cell>(name, right(rangeText(from, to)), source)),
        Array.of<Cell>(name, '', `costs more than the lowest: ${budget.whyNotTheLowest}`),
      ],
    })),
  });
}

function sum(own: Cost | undefined): string {
  return own ? fixedAndUsage(own) : '-';
}
