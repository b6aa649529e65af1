import type { Saving, SavingsTogether } from '../../cost/savings/types';
import type { StoreReview } from '../../review-store';
import { usd } from '../../text/money';
import { savedUsd } from '../../text/savings';
import { type Html, html } from './html';
import { collapsible } from './section';
import { type Cell, type Group, prose, right, table } from './table';

/** Every saving of each size, largest first; folded, since they are many. */
export function savings(reviews: readonly StoreReview[]): Html | '' {
  const groups = reviews.filter((review) => review.savings.length > 0).map(groupOf);
  if (groups.length === 0) return '';
  return collapsible(
    'What could be saved',
    table({
      caption: 'Savings that the bill does not count, each alone, USD a month',
      heading: ['saving', right('USD'), 'what to set or run', 'what one gives up', 'source'],
      groups,
    }),
  );
}

function groupOf({ name, savings: own, savingsTogether: { withoutAvailabilityRisk, all } }: StoreReview): Group {
  return {
    title: name,
    rows: [
      ...own.map(row),
      ...togetherRow('together, without a risk to availability', withoutAvailabilityRisk),
      ...(all.names.length > withoutAvailabilityRisk.names.length ? togetherRow('together, all', all) : []),
    ],
  };
}

function row(saving: Saving): readonly Cell[] {
  const { name, how, risk, lowersAvailability, source } = saving;
  return [
    name,
    right(savedUsd(saving)),
    prose(how),
    prose(lowersAvailability ? html`<strong>Availability:</strong> ${risk}` : risk),
    prose(source),
  ];
}

function togetherRow(title: string, { usdPerMonth, names, settings }: SavingsTogether): readonly (readonly Cell[])[] {
  if (names.length === 0) return [];
  return [
    [title, { ...right(usd(usdPerMonth)), strong: true }, prose(settings.join(', ')), { ...prose(names.join('; ')), span: 2 }],
  ];
}
