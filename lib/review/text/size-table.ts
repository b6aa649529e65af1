import { savingNames } from '../cost/savings';
import type { StoreReview } from '../review-store';
import { figure, fixedAndUsage, rangeText, usd } from './money';
import { comparisonNotes } from './notes';

type Rows = readonly (readonly string[])[];

export interface SizeTable {
  readonly heading: readonly string[];
  readonly groups: Readonly<Record<'serves' | 'parts' | 'costs' | 'totals', Rows>>;
  /** Sentences under the table. */
  readonly notes: readonly string[];
}

/** The comparison of several reviews, a column each, for the page and for Markdown. */
export function sizeTable(reviews: readonly StoreReview[]): SizeTable {
  const row = (title: string, cell: (review: StoreReview) => string | undefined) => [
    title,
    ...reviews.map((one) => cell(one) ?? '-'),
  ];
  const assumptions = new Set(reviews.flatMap((review) => review.assumptions.map(({ name }) => name)));
  return {
    heading: ['', ...reviews.map(({ name }) => name)],
    groups: {
      serves: [row('orders a month', ({ serves }) => figure(serves.ordersPerMonth)), row('users', ({ serves }) => serves.users)],
      parts: titles(reviews).map((title) => row(title, ({ parts: own }) => own.find((part) => part.title === title)?.text)),
      costs: parts(reviews).map((part) => row(part, ({ costs }) => partCost(costs, part))),
      totals: [
        row('fixed + usage', ({ total }) => fixedAndUsage(total)),
        row('total', ({ total, missingPrices }) => `${usd(total.usdPerMonth)}${missingPrices.length > 0 ? ' and more' : ''}`),
        row('target cost', ({ budget }) => targetCost(budget)),
        row('budget', ({ budget }) => `${figure(budget.usdPerMonth)}: ${verdicts[budget.verdict]}`),
        ...savingRows(reviews),
        row('accepted risks', ({ acceptedRisks }) => (acceptedRisks.length > 0 ? String(acceptedRisks.length) : 'none')),
      ],
    },
    notes: [
      'Fixed cost is billed without any customer; usage is that of an assumed month. In USD.',
      ...comparisonNotes(reviews),
      `${assumptions.size} assumptions and the source of every price: --tier <size>`,
    ],
  };
}

/** What each saving that one of the reviews has would take off: `Valkey would save`. */
export function savingRows(reviews: readonly StoreReview[]): Rows {
  return savingNames.flatMap((name) => {
    const saved = reviews.map(({ savings }) => savings.find((saving) => saving.name === name)?.usdPerMonth);
    if (saved.every((amount) => amount === undefined)) return [];
    return [[`${name} would save`, ...saved.map((amount) => (amount === undefined ? '-' : usd(amount)))]];
  });
}

/** `2,000-5,000` */
export function targetCost({ targetUsdPerMonth: { from, to } }: StoreReview['budget']): string {
  return rangeText(from, to);
}

/** Titles in the order of the reviews, each once; a title of a later review follows its predecessor there. */
function titles(reviews: readonly StoreReview[]): readonly string[] {
  const result: string[] = [];
  for (const { parts: own } of reviews) {
    let after = 0;
    for (const { title } of own) {
      const known = result.indexOf(title);
      if (known < 0) result.splice(after, 0, title);
      after = (known < 0 ? after : known) + 1;
    }
  }
  return result;
}

/** Parts by their cost in all reviews together, highest first. */
function parts(reviews: readonly StoreReview[]): readonly string[] {
  const costs = new Map<string, number>();
  for (const { part, usdPerMonth: cost } of reviews.flatMap((review) => review.costs))
    costs.set(part, (costs.get(part) ?? 0) + cost);
  return [...costs].toSorted(([, one], [, other]) => other - one).map(([part]) => part);
}

function partCost(costs: StoreReview['costs'], part: string): string | undefined {
  const cost = costs.find((one) => one.part === part);
  return cost && fixedAndUsage(cost);
}

const verdicts = { holds: 'holds', exceeded: 'EXCEEDED', incomplete: 'open: prices missing' } as const;
