import { requests, usersAtOnce } from '../../capacity/load-figures';
import type { Load } from '../../capacity/types';
import type { StoreReview } from '../../review-store';
import { figure, usd } from '../../text/money';
import { sizeTable } from '../../text/size-table';
import { html } from './html';
import type { Section } from './section';
import { type Cell, type Group, table } from './table';
import { budgetMark, demandMark } from './verdicts';

/** The sizes side by side: whom they serve, what they cost and carry, and what they consist of. */
export function summary(reviews: readonly StoreReview[]): Section {
  const { groups } = sizeTable(reviews);
  return {
    id: 'sizes',
    title: reviews.length === 1 ? 'At a glance' : 'The sizes at a glance',
    body: html`${table({
      caption: 'Whom each size serves, what it costs, carries and consists of',
      captionShown: false,
      heading: ['', ...reviews.map(({ name }) => html`<span class="size">${name}</span>`)],
      groups: [
        { title: 'serves', rows: groups.serves.filter(told) },
        { title: 'costs', rows: costs(reviews) },
        maxLoad(reviews),
        { title: 'consists of', rows: groups.parts },
      ],
    })}`,
  };
}

/** A row that says something of any size. */
function told([, ...cells]: readonly string[]): boolean {
  return cells.some((cell) => cell !== '-');
}

function costs(reviews: readonly StoreReview[]): readonly (readonly Cell[])[] {
  return [
    [
      'USD a month',
      ...reviews.map(
        (review) => html`<span class="big">${usd(review.total.usdPerMonth)}</span>${review.costIsAtLeast && ' and more'}`,
      ),
    ],
    [
      'due anyway + assumed month',
      ...reviews.map(({ total }) => `${usd(total.fixedUsdPerMonth)} + ${usd(total.usageUsdPerMonth)}`),
    ],
    ...(reviews.some(({ budget }) => budget)
      ? [
          ['budget', ...reviews.map(({ budget }) => (budget ? budgetMark(budget) : '-'))],
          ['target cost', ...reviews.map(({ budget }) => (budget ? range(budget.targetUsdPerMonth) : '-'))],
        ]
      : []),
    ...(reviews.some(({ valkeySavesUsdPerMonth }) => valkeySavesUsdPerMonth !== undefined)
      ? [
          [
            'Valkey would save',
            ...reviews.map(({ valkeySavesUsdPerMonth }) =>
              valkeySavesUsdPerMonth === undefined ? '-' : usd(valkeySavesUsdPerMonth),
            ),
          ],
        ]
      : []),
  ];
}

function range({ from, to }: { readonly from: number; readonly to: number }): string {
  return `${figure(from)}-${figure(to)}`;
}

function maxLoad(reviews: readonly StoreReview[]): Group {
  return {
    title: 'carries',
    rows: [
      ['requests a second', ...reviews.map((review) => carried(review, requests))],
      ['users at once', ...reviews.map((review) => carried(review, usersAtOnce))],
      ['breaks first', ...reviews.map(({ capacity }) => capacity.bottleneck?.title ?? '-')],
      ['what the documents ask', ...reviews.map(demandCell)],
    ],
  };
}

function carried({ capacity }: StoreReview, inWords: (load: Load) => string): string {
  return capacity.maxLoad ? `${capacity.complete ? '' : 'at most '}${inWords(capacity.maxLoad)}` : '-';
}

function demandCell({ capacity }: StoreReview): Cell {
  if (capacity.demands.length === 0) return '-';
  const short = capacity.demands.filter(({ verdict }) => verdict === 'falls short');
  if (short.length > 0) return html`${demandMark('falls short')} of ${short.map(({ required }) => required).join('; ')}`;
  return demandMark(capacity.demands.some(({ verdict }) => verdict === 'holds') ? 'holds' : 'not known');
}
