import type { SavingName } from '../cost/savings/types';
import type { StoreReview } from '../review-store';
import { stepsUp } from '../steps-up';
import { figure, fixedAndUsage, range, rangeText, usd } from './money';
import { comparisonNotes } from './notes';
import { stepTexts } from './step-texts';

type Rows = readonly (readonly string[])[];

type MakeRow = (title: string, cell: (review: StoreReview) => string | undefined) => readonly string[];

export interface SizeTable {
  readonly heading: readonly string[];
  readonly groups: Readonly<Record<'serves' | 'parts' | 'costs' | 'totals' | 'outside' | 'units', Rows>>;
  /** Sentences under the table. */
  readonly notes: readonly string[];
}

/** The comparison of several reviews, a column each, for the page and for Markdown. */
export function sizeTable(reviews: readonly StoreReview[]): SizeTable {
  const row: MakeRow = (title, cell) => [title, ...reviews.map((one) => cell(one) ?? '-')];
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
      outside: outsideRows(reviews, row),
      units: unitRows(reviews, row),
    },
    notes: [
      'Fixed cost is billed without any customer; usage is that of an assumed month. In USD.',
      ...comparisonNotes(reviews),
      `${assumptions.size} assumptions and the source of every price: --tier <size>`,
    ],
  };
}

/** What other months cost, and what others are paid. */
function outsideRows(reviews: readonly StoreReview[], row: MakeRow): Rows {
  const names = [...new Set(reviews.flatMap(({ outside }) => outside.map(({ name }) => name)))];
  return [
    row('low-high', ({ band }) => range(band.low, band.high, usd)),
    ...names.map((name) =>
      row(`${name}, beside it`, ({ outside }) => {
        const own = outside.find((one) => one.name === name);
        return own && usd(own.usdPerMonth);
      }),
    ),
  ];
}

/** What an order, a user and a visit cost, and what a step up costs for what it adds. */
function unitRows(reviews: readonly StoreReview[], row: MakeRow): Rows {
  const steps = new Map(stepsUp(reviews).map((step) => [step.to, stepTexts(step)]));
  return [
    row('an order', ({ capacity: { costs } }) => costs.usdPerOrder?.toFixed(4)),
    row('a user', ({ capacity: { costs } }) => costs.usdPerUser.toFixed(4)),
    row('a visit', ({ capacity: { costs } }) => costs.usdPerVisit?.toFixed(4)),
    ...(steps.size === 0
      ? []
      : [
          row('the step to it', ({ name }) => steps.get(name)?.cost),
          row('concurrent users that the step adds', ({ name }) => steps.get(name)?.users),
          row('each of them', ({ name }) => steps.get(name)?.each),
        ]),
  ];
}

/** Savings of which sizes are compared: those without a risk to what the store does; the page and `--tier` have all. */
const comparedSavings: readonly SavingName[] = ['Valkey', 'Database plan', 'Compute plan', 'SES à la carte'];

/** What each of these that one of the reviews has would take off: `Valkey would save`. */
export function savingRows(reviews: readonly StoreReview[]): Rows {
  return comparedSavings.flatMap((name) => {
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
