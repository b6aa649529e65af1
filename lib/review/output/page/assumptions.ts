import type { StoreReview } from '../../review-store';
import { figure } from '../../text/money';
import { type Html, html } from './html';
import { collapsible, type Section } from './section';
import { type Cell, right, row, table } from './table';

interface Assumed {
  readonly name: string;
  readonly description: string;
  readonly value?: number | undefined;
}

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
  const sources = new Map<string, string>(each.flat().map(({ name, source }) => [name, source]));
  return table({
    caption: 'Assumptions of the capacity',
    heading: ['assumption', ...sizes(reviews), 'source'],
    rows: rowsOf(each).map(([name, heading, cells]) => row(heading, cells, sources.get(name) ?? '')),
  });
}

function costTable(reviews: readonly StoreReview[]): Html {
  const rows = rowsOf(reviews.map((review) => review.assumptions));
  return collapsible(
    `Assumptions of the cost (${rows.length})`,
    html`<p>The reason of each is in lib/tiers and in lib/review/cost/assumptions.ts.</p>${table({
      caption: 'Assumed usage of a month',
      heading: ['assumption', ...sizes(reviews)],
      rows: rows.map(([, heading, cells]) => row(heading, cells)),
    })}`,
  );
}

function sizes(reviews: readonly StoreReview[]): readonly Cell[] {
  return reviews.map(({ name }) => right(name));
}

/** A row per assumption under its name, a column per size. */
function rowsOf(
  each: readonly (readonly Assumed[])[],
): readonly (readonly [name: string, heading: Html, cells: readonly Cell[]])[] {
  const all = new Map(each.flat().map((one) => [one.name, one]));
  return [...all.values()].map(({ name, description }) => [
    name,
    html`<span class="term">${breakable(name)}</span> ${description}`,
    each.map((own) => right(valueOf(own.find((one) => one.name === name)))),
  ]);
}

/** On a phone a long name wraps at a capital, and nowhere else. */
function breakable(name: string): readonly Html[] {
  return name.split(/(?=[A-Z])/).map((part, index) => (index === 0 ? html`${part}` : html`<wbr>${part}`));
}

/** An assumption without a figure is a statement. */
function valueOf(assumed: Assumed | undefined): string {
  if (!assumed) return '-';
  return assumed.value === undefined ? 'yes' : figure(assumed.value, 4);
}
