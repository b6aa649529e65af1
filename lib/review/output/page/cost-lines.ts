import type { CostLine } from '../../cost/bill';
import type { StoreReview } from '../../review-store';
import { figure, usdAndCents } from '../../text/money';
import { priceSources } from '../../text/price-sources';
import { type Html, html } from './html';
import { sourceList } from './numbered';
import { collapsible, list, type Section } from './section';
import { right, table } from './table';

/** Every cost line, with the source of its price. */
export function costLines(reviews: readonly StoreReview[]): Section {
  const sources = priceSources(reviews.flatMap(({ lines }) => lines));
  const numbers = new Map(sources.flatMap(({ number, lines }) => lines.map((line) => [line, number] as const)));
  const named = sources.map((one) => [`P${one.number}`, `${one.sourceDate}, ${one.confidence}: ${one.source}`] as const);
  return {
    id: 'cost-lines',
    title: 'Every cost line',
    lead: 'The number in brackets is the source of the price, listed below.',
    body: html`${missing(reviews)}${reviews.map((review) =>
      collapsible(
        `${review.name}: ${review.lines.length} lines, ${usdAndCents(review.total.usdPerMonth)} USD a month`,
        lineTable(review, numbers),
      ),
    )}${collapsible(`Sources of the prices (${sources.length})`, sourceList(named))}`,
  };
}

function missing(reviews: readonly StoreReview[]): Html | undefined {
  const all = reviews.flatMap(({ name, missingPrices }) =>
    missingPrices.map(({ key, region, label, resource }) => `${name}: ${key} in ${region}, for ${label} of ${resource}`),
  );
  return all.length > 0
    ? html`<div class="note bad"><p>Prices are missing; the totals do not include them.</p>${list(all)}</div>`
    : undefined;
}

function lineTable({ name, costs, lines }: StoreReview, numbers: ReadonlyMap<CostLine, number>): Html {
  return table({
    caption: `Cost lines of ${name}`,
    heading: ['item', 'resource', right('quantity'), 'unit', right('USD'), right('a month'), 'price date and source'],
    groups: costs.map(({ part, fixedUsdPerMonth, usageUsdPerMonth }) => ({
      title: `${part}: ${usdAndCents(fixedUsdPerMonth)} + ${usdAndCents(usageUsdPerMonth)}`,
      rows: lines
        .filter((line) => line.part === part)
        .map((line) => [
          line.label,
          html`<span class="id">${line.resource}</span>`,
          right(quantity(line)),
          line.unit,
          right(`${figure(line.unitUsd, 8)}${line.per > 1 ? ` / ${figure(line.per)}` : ''}`),
          right(usdAndCents(line.usdPerMonth)),
          `${line.sourceDate} [P${numbers.get(line) ?? '?'}]${line.confidence === 'exact' ? '' : ` ${line.confidence}`}`,
        ]),
    })),
  });
}

/** The quantity, and how much of it a free allowance covers. */
function quantity({ quantity: all, free }: CostLine): string {
  if (!free) return figure(all);
  return `${figure(all)}; ${free.quantity < all ? `${figure(free.quantity)} of it free` : `all within the free ${free.allowance}`}`;
}
