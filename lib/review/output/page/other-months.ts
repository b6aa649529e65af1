import type { Crossing } from '../../cost/crossings';
import type { StoreReview } from '../../review-store';
import { figure, range, usd } from '../../text/money';
import { type Html, html } from './html';
import { moverTable } from './mover-table';
import { ordersChart } from './orders-chart';
import { collapsible, list, type Section } from './section';
import { type Cell, prose, right, table } from './table';

/** What other months than the expected one cost: more or fewer orders, stories, and the assumptions that matter most. */
export function otherMonths(reviews: readonly StoreReview[], crossings: readonly Crossing[]): Section {
  const chart = ordersChart(reviews, crossings);
  return {
    id: 'months',
    title: 'Other months',
    lead: 'Each line is the bill of a size as orders grow, and with them users, users at once and drops. Dashed: it does not carry them. A dot is where another size becomes the cheapest that does; hollow: none does.',
    body: html`<p>Your own month: <code>npm start -- --usage orders=3000,users=8000</code></p>
${chart && html`<div class="panels"><figure class="panel">${chart}</figure><div class="panel">${cheapest(reviews, crossings)}</div></div>`}
${collapsible('The bill by orders, in a table', ordersTable(reviews))}${collapsible('What may come: seven stories of a month', scenarioTable(reviews))}${collapsible(
  'The three assumptions that move each bill most',
  moverTable({
    caption: 'Assumptions by what they move, each from its low to its high end alone',
    moved: 'USD a month',
    sizes: reviews.map(({ name, band }) => ({ title: name, movers: band.movers })),
    text: (low, high) => range(low.usdPerMonth, high.usdPerMonth, usd),
  }),
)}`,
  };
}

/** The chart’s dots in words. */
function cheapest(reviews: readonly StoreReview[], crossings: readonly Crossing[]): Html {
  const [first] = crossings;
  const unknown = reviews.filter(({ byOrders }) => byOrders && byOrders.maxOrders === undefined).map(({ name }) => name);
  const sentences = [
    ...(first ? [html`up to ${orders(first.orders)}: <strong>${first.from}</strong>`] : []),
    ...crossings.map(crossingText),
    ...(unknown.length > 0 ? [html`not known, since no benchmark or value gives their capacity: ${unknown.join(', ')}`] : []),
  ];
  const title = reviews.length === 1 ? 'The orders that it bears' : 'The cheapest size that bears the orders of a month';
  return html`<h3>${title}</h3>${
    sentences.length > 0 ? list(sentences) : html`<p>No other becomes the cheapest between 100 and 10 million orders.</p>`
  }
<p class="facts">Each size grows from its own month: orders, users, users at once and buyers in a drop by the same factor, and what follows from them. What one person does and the catalogue stay. A crowd or a drop that you do not give is in proportion to the orders that the size is designed for: here the crowd grows with the orders, with its drop and its requests, while the cards at the top ask for the documents’ crowd, unless <code>usage</code> gives another.</p>`;
}

const orders = (value: number): string => figure(Number(value.toPrecision(3)));

function crossingText({ orders: from, to, from: before, reason, usdPerMonth }: Crossing): Html {
  if (to === undefined) return html`above ${orders(from)}: <strong>none</strong>; ${before} bears no more`;
  const why = reason === 'capacity' ? `${before} bears no more` : `it costs less than ${before}`;
  return html`from ${orders(from)}: <strong>${to}</strong>, ${usd(usdPerMonth)} USD a month; ${why}`;
}

function ordersTable(reviews: readonly StoreReview[]): Html {
  const decades = [1e2, 1e3, 1e4, 1e5, 1e6, 1e7];
  return table({
    caption: 'USD a month by orders; in brackets where the size does not carry them, or nobody knows',
    heading: [right('orders'), ...reviews.map(({ name }) => right(name))],
    rows: decades.map((at) => Array.of<Cell>(right(figure(at)), ...reviews.map((review) => billCell(review, at)))),
  });
}

function billCell({ byOrders: { points, maxOrders = 0 } = { points: [], maxOrders: 0 } }: StoreReview, at: number): Cell {
  const point = points.find(({ orders: own }) => own === at);
  if (!point) return right('-');
  return right(at <= maxOrders ? usd(point.usdPerMonth) : `(${usd(point.usdPerMonth)})`);
}

function storyCost({ band }: StoreReview, name: string): Cell {
  return right(usd(band.scenarios.find((one) => one.name === name)?.usdPerMonth ?? band.expected));
}

/** In the order of the first review, which is by cost; others may have another. */
function scenarioTable(reviews: readonly StoreReview[]): Html {
  const stories = reviews[0]?.band.scenarios ?? [];
  return table({
    caption: 'USD a month if several figures move together',
    heading: ['month', ...reviews.map(({ name }) => right(name)), 'what happens'],
    rows: [
      ['expected', ...reviews.map(({ band }) => ({ ...right(usd(band.expected)), strong: true })), 'the month of the bill'],
      ...stories.map(({ name, story }) =>
        Array.of<Cell>(name, ...reviews.map((review) => storyCost(review, name)), prose(story)),
      ),
    ],
  });
}
