import type { CostLine } from './cost/bill';
import { figure, usdAndCents } from './money';
import { type PriceSource, priceSources } from './price-sources';
import { riskWords } from './risk-words';
import type { StoreReview } from './store-review';
import { header, type TerminalOptions, width } from './terminal';
import { textTable, wrap } from './text-table';

/** Every cost of one review, then what its usage assumes. */
export function terminalLines(review: StoreReview, options: TerminalOptions): string {
  const columns = [
    { width: 36 },
    { width: 15, align: 'right' as const },
    { width: 15 },
    { width: 17, align: 'right' as const },
    { width: 10, align: 'right' as const },
    { width: 17 },
  ];
  const parts = review.costs.map((cost) => ({ ...cost, lines: review.lines.filter(({ part }) => part === cost.part) }));
  const sources = priceSources(parts.flatMap(({ lines }) => lines)); // numbered as a reader meets them
  const costs: string[] = [];
  for (const { part, fixedUsd, usageUsd, lines } of parts) {
    const rows = lines.flatMap((line) => lineRows(line, sources));
    costs.push('', `${part}: ${usdAndCents(fixedUsd)} + ${usdAndCents(usageUsd)}`, ...textTable(columns, rows));
  }
  return [
    header([review], options),
    '',
    ...textTable(columns, [['resource', 'quantity', 'unit', 'USD', 'a month', 'price of']]),
    ...costs,
    '',
    `together ${usdAndCents(review.total.fixedUsd)} + ${usdAndCents(review.total.usageUsd)} = ${usdAndCents(review.total.usd)} USD a month`,
    ...review.missingPrices.flatMap(({ key, resource, label }) =>
      wrap(`missing price: ${key}, for ${label} of ${resource}`, width),
    ),
    ...(review.acceptedRisks.length > 0 ? ['', 'Accepted risks'] : []),
    ...review.acceptedRisks.flatMap((risk) => wrap(riskWords(risk), width)),
    '',
    'Assumptions',
    ...textTable(
      [{ width: 26 }, { width: 13, align: 'right' }, { width: 76 }],
      review.assumptions.map(({ name, value, says }) => [name, value === undefined ? '' : figure(value), says]),
    ),
    '',
    'Prices',
    ...textTable([{ width: 4 }, { width: width - 6 }], sources.map(sourceRow)),
    '',
  ].join('\n');
}

/** A cost line, and under it what an allowance takes off. */
function lineRows(line: CostLine, sources: readonly PriceSource[]): string[][] {
  const source = sources.find(({ lines }) => lines.includes(line));
  const cells = [
    `${line.label}  ${line.resource}`,
    figure(line.quantity),
    line.unit,
    `${figure(line.unitUsd, 8)}${line.per > 1 ? ` / ${figure(line.per)}` : ''}`,
    usdAndCents(line.monthlyUsd),
    `${line.sourceDate} [${source?.number}]${line.confidence === 'exact' ? '' : ` ${line.confidence}`}`,
  ];
  if (!line.free) return [cells];
  const { quantity, of } = line.free;
  return [cells, [quantity < line.quantity ? `↳ ${figure(quantity)} of it free` : `↳ all in the free ${of}`]];
}

/** A source with the price keys that it vouches for. */
function sourceRow({ number, source, sourceDate, confidence, lines }: PriceSource): string[] {
  const keys = [...new Set(lines.flatMap(({ priceKeys }) => priceKeys))];
  return [`[${number}]`, `${sourceDate} ${confidence}: ${source} (${keys.join(', ')})`];
}
