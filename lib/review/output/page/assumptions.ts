import type { CapacityAssumption } from '../../capacity/types';
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

/** What the figures of capacity and cost stand on. */
export function assumptions(reviews: readonly StoreReview[]): Section | undefined {
  const [ofCapacity, ofCost] = [capacityTable(reviews), costTable(reviews)];
  if (!ofCapacity && !ofCost) return undefined;
  return {
    id: 'assumptions',
    title: 'Assumptions',
    lead: 'What nobody has measured in your store. Where you know better, the figures above change with them.',
    body: html`${ofCapacity}${ofCost}`,
  };
}

function capacityTable(reviews: readonly StoreReview[]): Html | undefined {
  const each = reviews.map(({ capacity }) => capacity.assumptions);
  if (each.every((own) => own.length === 0)) return undefined;
  const sources = new Map<string, string>(each.flat().map((one) => [one.name, sourceText(one)]));
  return table({
    caption: 'What the capacity assumes',
    heading: ['assumption', ...sizes(reviews), 'source'],
    groups: [{ rows: rowsOf(each).map(([name, heading, cells]) => row(heading, cells, sources.get(name) ?? '')) }],
  });
}

function sourceText({ source, set }: CapacityAssumption): string {
  return set ? 'set on the command line' : source;
}

function costTable(reviews: readonly StoreReview[]): Html | undefined {
  const rows = rowsOf(reviews.map((review) => review.assumptions));
  if (rows.length === 0) return undefined;
  return collapsible(
    `What the cost assumes (${rows.length})`,
    html`<p>Each with its reason in lib/tiers and in lib/review/cost/assumptions.ts.</p>${table({
      caption: 'What the cost assumes of a month',
      heading: ['assumption', ...sizes(reviews)],
      groups: [{ rows: rows.map(([, heading, cells]) => row(heading, cells)) }],
    })}`,
  );
}

function sizes(reviews: readonly StoreReview[]): readonly Cell[] {
  return reviews.map(({ name }) => right(name));
}

/** An assumption a row under its name, a size a column. */
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

/** On a phone a long name goes on in the next line at a capital, and nowhere else. */
function breakable(name: string): readonly Html[] {
  return name.split(/(?=[A-Z])/).map((part, index) => (index === 0 ? html`${part}` : html`<wbr>${part}`));
}

/** An assumption without a figure says all in its sentence. */
function valueOf(assumed: Assumed | undefined): string {
  if (!assumed) return '-';
  return assumed.value === undefined ? 'yes' : figure(assumed.value, 4);
}
