import type { Assumption } from '../../cost/assumptions';
import type { CostLine } from '../../cost/bill';
import type { StoreReview } from '../../review-store';
import { figure, range, rangeText, usdAndCents } from '../../text/money';
import { type PriceSource, priceSources } from '../../text/price-sources';
import { textTable, wideWidth, wrap } from './text-table';

const columns = [
  { width: 36 },
  { width: 15, align: 'right' },
  { width: 15 },
  { width: 17, align: 'right' },
  { width: 10, align: 'right' },
  { width: 17 },
] as const;

/** Every cost line of a review by part, highest first, with the number of each price's source. */
export function costLines(review: StoreReview): string[] {
  const sources = sourcesOf(review);
  const parts: string[] = [];
  for (const { part, fixedUsdPerMonth, usageUsdPerMonth, lines } of linesByPart(review)) {
    const rows = lines.flatMap((line) => lineRows(line, sources));
    parts.push('', `${part}: ${usdAndCents(fixedUsdPerMonth)} + ${usdAndCents(usageUsdPerMonth)}`, ...textTable(columns, rows));
  }
  const { fixedUsdPerMonth, usageUsdPerMonth, usdPerMonth: usd } = review.total;
  return [
    ...textTable(columns, [['resource', 'quantity', 'unit', 'USD', 'a month', 'price date']]),
    ...parts,
    '',
    `total ${review.costIsAtLeast ? 'at least ' : ''}${usdAndCents(fixedUsdPerMonth)} + ${usdAndCents(usageUsdPerMonth)} = ${usdAndCents(usd)} USD a month`,
    ...review.missingPrices.flatMap(({ key, resource, label }) =>
      wrap(`missing price: ${key}, for ${label} of ${resource}`, wideWidth),
    ),
    ...review.unpricedTypes.map(({ type, resources }) => `not priced: ${type} (${resources})`),
    ...review.unknownValues.map(({ resource, property }) => `only AWS knows: ${property} of ${resource}`),
  ];
}

/** Each figure of the documents, and why this store costs more than the lowest. */
export function targetLines({ budget, name }: StoreReview): string[] {
  const rows = budget.targetCosts.map(({ from, to, source }) => [rangeText(from, to), source]);
  return [
    ...textTable([{ width: 14 }, { width: wideWidth - 16 }], rows),
    ...wrap(`${name} costs more than the lowest: ${budget.whyNotTheLowest}.`, wideWidth),
  ];
}

/** The sources by number, each with its price keys. */
export function sourceLines(review: StoreReview): string[] {
  const rows = sourcesOf(review).map(({ number, source, sourceDate, confidence, lines }) => {
    const keys = [...new Set(lines.flatMap(({ priceKeys }) => priceKeys))];
    return [`[${number}]`, `${sourceDate} ${confidence}: ${source} (${keys.join(', ')})`];
  });
  return textTable([{ width: 4 }, { width: wideWidth - 6 }], rows);
}

/** The assumed month. */
export function assumptionLines({ assumptions }: StoreReview): string[] {
  return textTable(
    [{ width: 26 }, { width: 13, align: 'right' }, { width: 17 }, { width: wideWidth - 62 }],
    assumptions.map((one) => [
      one.name,
      one.value === undefined ? '' : figure(one.value),
      one.range ? range(one.range.low, one.range.high, (end) => figure(end)) : '',
      assumptionText(one),
    ]),
  );
}

/** What it is, and where it comes from. */
function assumptionText({ description, formula, given, range: ends }: Assumption): string {
  if (given) return `${description}; the store’s own`;
  if (formula !== undefined) return `${description} = ${formula}`;
  return ends ? `${description}; ${ends.why}` : description;
}

function linesByPart({ costs, lines }: StoreReview) {
  return costs.map((cost) => ({ ...cost, lines: lines.filter(({ part }) => part === cost.part) }));
}

/** Numbered in the order of the lines. */
function sourcesOf(review: StoreReview): readonly PriceSource[] {
  return priceSources(linesByPart(review).flatMap(({ lines }) => lines));
}

/** A cost line, and below it the free allowance. */
function lineRows(line: CostLine, sources: readonly PriceSource[]): string[][] {
  const source = sources.find(({ lines }) => lines.includes(line));
  const cells = [
    `${line.label}  ${line.resource}`,
    figure(line.quantity),
    line.unit,
    `${figure(line.unitUsd, 8)}${line.per > 1 ? ` / ${figure(line.per)}` : ''}`,
    usdAndCents(line.usdPerMonth),
    `${line.sourceDate} [${source?.number}]${line.confidence === 'exact' ? '' : ` ${line.confidence}`}`,
  ];
  if (!line.free) return [cells];
  const { quantity, allowance } = line.free;
  return [cells, [quantity < line.quantity ? `↳ ${figure(quantity)} of it free` : `↳ all in free ${allowance}`]];
}
