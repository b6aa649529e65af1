import type { StoreReview } from '../review-store';
import { figure, usd } from './money';
import { riskText } from './risk-text';

export interface SizeTable {
  readonly heading: readonly string[];
  readonly groups: Readonly<Record<'serves' | 'parts' | 'costs' | 'totals', readonly (readonly string[])[]>>;
  /** Sentences under the table. */
  readonly notes: readonly string[];
}

const absent = '-';

/** The comparison of several reviews, a column each; terminal and markdown draw the same table. */
export function sizeTable(reviews: readonly StoreReview[]): SizeTable {
  const row = (title: string, cell: (review: StoreReview) => string | undefined) => [
    title,
    ...reviews.map((one) => cell(one) ?? absent),
  ];
  return {
    heading: ['', ...reviews.map(({ name }) => name)],
    groups: {
      serves: [
        row('orders a month', ({ serves }) => serves && figure(serves.ordersPerMonth)),
        row('users', ({ serves }) => serves?.users),
      ],
      parts: titles(reviews).map((title) => row(title, ({ parts: own }) => own.find((part) => part.title === title)?.text)),
      costs: parts(reviews).map((part) => row(part, (review) => partCost(review, part))),
      totals: [
        row('USD a month', ({ total }) => `${usd(total.fixedUsdPerMonth)} + ${usd(total.usageUsdPerMonth)}`),
        row('together', ({ total, missingPrices }) => `${usd(total.usdPerMonth)}${missingPrices.length > 0 ? ' and more' : ''}`),
        row(
          'target cost',
          ({ budget }) => budget && `${figure(budget.targetUsdPerMonth.from)}-${figure(budget.targetUsdPerMonth.to)}`,
        ),
        row('budget', budgetCell),
        row('Valkey would save', ({ valkeySavesUsdPerMonth }) =>
          valkeySavesUsdPerMonth === undefined ? undefined : usd(valkeySavesUsdPerMonth),
        ),
        row('accepted risks', ({ acceptedRisks }) => (acceptedRisks.length > 0 ? String(acceptedRisks.length) : 'none')),
      ],
    },
    notes: notes(reviews),
  };
}

/** Titles in the order of the reviews, each once; a title of a later review stands after its predecessor there. */
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

/** Parts by what they cost in all reviews together, dearest first. */
function parts(reviews: readonly StoreReview[]): readonly string[] {
  const costs = new Map<string, number>();
  for (const { part, usdPerMonth: cost } of reviews.flatMap((review) => review.costs))
    costs.set(part, (costs.get(part) ?? 0) + cost);
  return [...costs].toSorted(([, one], [, other]) => other - one).map(([part]) => part);
}

function partCost({ costs }: StoreReview, part: string): string | undefined {
  const cost = costs.find((one) => one.part === part);
  return cost && `${usd(cost.fixedUsdPerMonth)} + ${usd(cost.usageUsdPerMonth)}`;
}

/** Region that the sizes' budgets are made for; see `Budget` in lib/tiers. */
const budgetRegion = 'us-east-1';

const verdicts = { holds: 'holds', exceeded: 'EXCEEDED', incomplete: 'open: prices missing' } as const;

function budgetCell({ budget }: StoreReview): string | undefined {
  return budget && `${figure(budget.usdPerMonth)}: ${verdicts[budget.verdict]}`;
}

function notes(reviews: readonly StoreReview[]): string[] {
  const missing = new Map(reviews.flatMap(({ missingPrices }) => missingPrices.map((price) => [price.key, price])));
  const risks = reviews.flatMap(({ name, acceptedRisks }) =>
    acceptedRisks.map((risk) => `accepted risk (${name}): ${riskText(risk)}`),
  );
  return [
    'Each cost is what is due without a customer + what the assumed month adds, in USD.',
    ...(reviews.every(({ region }) => region === budgetRegion) ? [] : [`The budgets are set for ${budgetRegion}.`]),
    ...risks,
    ...[...missing.values()].map(
      ({ key, region, label }) => `missing price in ${region}: ${key} (${label}); not in the sums above`,
    ),
    `${assumptionCount(reviews)} assumptions and the source of every price: --tier <size>`,
  ];
}

function assumptionCount(reviews: readonly StoreReview[]): number {
  return new Set(reviews.flatMap(({ assumptions }) => assumptions.map(({ name }) => name))).size;
}
