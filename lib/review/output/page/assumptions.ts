import type { CapacityAssumption } from '../../capacity/types';
import type { Assumption } from '../../cost/assumptions';
import type { StoreReview } from '../../review-store';
import { figure, range } from '../../text/money';
import { type Html, html } from './html';
import { collapsible, type Section } from './section';
import { type Cell, right, table } from './table';

/** The assumptions behind the figures of capacity and cost. */
export function assumptions(reviews: readonly StoreReview[]): Section {
  return {
    id: 'assumptions',
    title: 'Assumptions',
    lead: 'Not measured in your store. If you know better values, set them with --assume: the figures above change with them.',
    body: html`${capacityTable(reviews)}${costTable(reviews)}`,
  };
}

function capacityTable(reviews: readonly StoreReview[]): Html {
  const each = reviews.map(({ capacity }) => capacity.assumptions);
  return table({
    caption: 'Assumptions of the capacity',
    heading: ['assumption', ...sizes(reviews), 'source'],
    rows: rowsOf(each, ({ source }) => [source]),
  });
}

function costTable(reviews: readonly StoreReview[]): Html {
  const rows = rowsOf(
    reviews.map((review) => review.assumptions),
    () => [],
  );
  return collapsible(
    `Assumptions of the cost (${rows.length})`,
    html`<p>The reason of each is in lib/tiers and in lib/review/cost/assumptions.ts.</p>${table({
      caption: 'Assumed usage of a month',
      heading: ['assumption', ...sizes(reviews)],
      rows,
    })}`,
  );
}

function sizes(reviews: readonly StoreReview[]): readonly Cell[] {
  return reviews.map(({ name }) => right(name));
}

/** A row per assumption under its name, a column per size, then the last cells. */
function rowsOf<Assumed extends Assumption | CapacityAssumption>(
  each: readonly (readonly Assumed[])[],
  last: (assumed: Assumed) => readonly Cell[],
): readonly (readonly Cell[])[] {
  const all = new Map(each.flat().map((one) => [one.name, one]));
  return [...all.values()].map((assumed) => {
    const heading = html`<span class="term">${breakable(assumed.name)}</span> ${assumed.description}`;
    const values = each.map((own) => right(valueOf(own.find(({ name }) => name === assumed.name))));
    return Array.of<Cell>(heading, ...values, ...last(assumed));
  });
}

/** On a phone a long name wraps at a capital, and nowhere else. */
function breakable(name: string): readonly Html[] {
  return name.split(/(?=[A-Z])/).map((part, index) => (index === 0 ? html`${part}` : html`<wbr>${part}`));
}

/** An assumption without a figure is a statement. */
function valueOf(assumed: Assumption | CapacityAssumption | undefined): string {
  if (!assumed) return '-';
  if (assumed.value === undefined) return 'yes';
  const fastEnd = 'fastEnd' in assumed ? assumed.fastEnd : undefined;
  return range(assumed.value, fastEnd ?? assumed.value, (end) => figure(end, 4));
}
