import { concurrentUsers, requests } from '../../capacity/load-figures';
import type { Load } from '../../capacity/types';
import type { StoreReview } from '../../review-store';
import { fixedAndUsage, usd } from '../../text/money';
import { savingRows, sizeTable, targetCost } from '../../text/size-table';
import { html } from './html';
import { collapsible, type Section } from './section';
import { type Cell, type Group, table } from './table';
import { budgetMark, demandMark } from './verdicts';

/** The sizes side by side: load, cost and capacity; folded their parts. */
export function summary(reviews: readonly StoreReview[]): Section {
  const { groups } = sizeTable(reviews);
  const heading = ['', ...reviews.map(({ name }) => html`<span class="size">${name}</span>`)];
  return {
    id: 'sizes',
    title: reviews.length === 1 ? 'Overview' : 'Overview of the sizes',
    body: html`${table({
      caption: 'Load, cost and capacity of each size',
      captionShown: false,
      heading,
      groups: [
        { title: 'designed for', rows: groups.serves },
        { title: 'cost', rows: costs(reviews) },
        { title: 'USD a month for each, and the step to the size', rows: groups.units },
        maxLoad(reviews),
      ],
    })}${collapsible('Parts of each size', table({ caption: 'Parts of each size', captionShown: false, heading, rows: groups.parts }))}`,
  };
}

function costs(reviews: readonly StoreReview[]): readonly (readonly Cell[])[] {
  return [
    [
      'USD a month',
      ...reviews.map(
        (review) => html`<span class="big">${usd(review.total.usdPerMonth)}</span>${review.costIsAtLeast && ' and more'}`,
      ),
    ],
    ['fixed + usage', ...reviews.map(({ total }) => fixedAndUsage(total))],
    ['budget', ...reviews.map(({ budget }) => budgetMark(budget))],
    ['target cost', ...reviews.map(({ budget }) => targetCost(budget))],
    ...savingRows(reviews),
  ];
}

function maxLoad(reviews: readonly StoreReview[]): Group {
  return {
    title: 'capacity',
    rows: [
      ['requests/s', ...reviews.map((review) => loadCell(review, requests))],
      ['concurrent users', ...reviews.map((review) => loadCell(review, concurrentUsers))],
      ['bottleneck', ...reviews.map(({ capacity }) => capacity.bottleneck?.title ?? '-')],
      ['required by the documents', ...reviews.map(demandCell)],
    ],
  };
}

function loadCell({ capacity }: StoreReview, format: (load: Load) => string): string {
  return capacity.maxLoad ? `${capacity.complete ? '' : 'at most '}${format(capacity.maxLoad)}` : '-';
}

function demandCell({ capacity }: StoreReview): Cell {
  const short = capacity.demands.filter(({ verdict }) => verdict === 'falls short');
  if (short.length > 0) return html`${demandMark('falls short')} of ${short.map(({ required }) => required).join('; ')}`;
  return demandMark(capacity.demands.some(({ verdict }) => verdict === 'holds') ? 'holds' : 'not known');
}
