import type { CapacityAssumption } from '../../capacity/types';
import type { Assumption } from '../../cost/assumptions';
import type { StoreReview } from '../../review-store';
import { figure, range } from '../../text/money';
import { type Html, html } from './html';
import { collapsible, type Section } from './section';
import { type Cell, prose, right, table } from './table';

/** The assumptions behind the figures of capacity and cost. */
export function assumptions(reviews: readonly StoreReview[]): Section {
  return {
    id: 'assumptions',
    title: 'Assumptions',
    lead: 'Not measured in your store. What you know better, you set, and every figure above changes with it: the figures of a month by --usage, what the capacity rests on by --assume.',
    body: html`<p>For example <code>npm start -- --usage orders=3000,cdnHitRate=80% --assume readsPerWrite=20</code>. docs/settings.md lists the figures of a month.</p>
${costTable(reviews)}${capacityTable(reviews)}`,
  };
}

function capacityTable(reviews: readonly StoreReview[]): Html {
  const rows = rowsOf(
    reviews.map(({ capacity }) => capacity.assumptions),
    {
      heading: ({ description }) => description,
      value: ({ value, range: ends }) => withRange(value, ends),
      last: ({ source, range: ends }) => prose(html`${source}${ends && html`<br><span class="facts">${ends.why}</span>`}`),
    },
  );
  return collapsible(
    `Assumptions of the capacity (${rows.length})`,
    html`<p>Below a figure is how far off it may be. Figures of the month have their range among the assumptions of the cost; a quota of AWS has none.</p>${table(
      {
        caption: 'Assumptions of the capacity',
        heading: ['assumption', ...sizes(reviews), 'source, and why it may be off'],
        rows,
      },
    )}`,
  );
}

function costTable(reviews: readonly StoreReview[]): Html {
  const rows = rowsOf(
    reviews.map((review) => review.assumptions),
    { heading: costHeading, value: costValue, last: (one) => prose(one.range?.why ?? '') },
  );
  return collapsible(
    `Assumptions of the cost (${rows.length})`,
    html`<p>Below a figure is how far off it may be, and on the right why. A figure with a formula follows from others. The source of each is in lib/usage/figures and lib/tiers.</p>${table(
      { caption: 'Assumed usage of a month', heading: ['assumption', ...sizes(reviews), 'why it may be off'], rows },
    )}`,
  );
}

function sizes(reviews: readonly StoreReview[]): readonly Cell[] {
  return reviews.map(({ name }) => right(name));
}

interface Cells<Assumed> {
  /** After the name. */
  readonly heading: (assumed: Assumed) => Html | string;
  readonly value: (assumed: Assumed) => Html | string;
  readonly last: (assumed: Assumed) => Cell;
}

/** A row per assumption under its name, a column per size, then the last cell. */
function rowsOf<Assumed extends Assumption | CapacityAssumption>(
  each: readonly (readonly Assumed[])[],
  { heading, value, last }: Cells<Assumed>,
): readonly (readonly Cell[])[] {
  const all = new Map(each.flat().map((one) => [one.name, one]));
  return [...all.values()].map((assumed) => {
    const values = each.map((own) => own.find(({ name }) => name === assumed.name)).map((one) => right(one ? value(one) : '-'));
    return Array.of<Cell>(
      html`<span class="term">${breakable(assumed.name)}</span> ${heading(assumed)}`,
      ...values,
      last(assumed),
    );
  });
}

/** On a phone a long name wraps at a capital, and nowhere else. */
function breakable(name: string): readonly Html[] {
  return name.split(/(?=[A-Z])/).map((part, index) => (index === 0 ? html`${part}` : html`<wbr>${part}`));
}

/** Below the value how far off it may be. */
function withRange(value: number, ends: { readonly low: number; readonly high: number } | undefined): Html | string {
  return ends ? html`${digits(value)}<br><span class="facts">${range(ends.low, ends.high, digits)}</span>` : digits(value);
}

const digits = (value: number): string => figure(value, 4);

function costHeading({ description, formula }: Assumption): Html {
  return html`${description}${formula !== undefined && html`<br><span class="facts">= ${formula}</span>`}`;
}

/** An assumption without a figure is a statement. */
function costValue({ value, given, range: ends }: Assumption): Html | string {
  if (value === undefined) return 'yes';
  if (given) return html`${digits(value)}<br><span class="facts">yours</span>`;
  return withRange(value, ends);
}
