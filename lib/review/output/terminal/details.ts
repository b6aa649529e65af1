import type { StoreReview } from '../../review-store';
import { usdAndCents } from '../../text/money';
import { riskText } from '../../text/notes';
import { bandLines } from './band-lines';
import { capacityAssumptionLines, capacityLines, costOfUseLines, demandLines } from './capacity-lines';
import { colorizer } from './colorize';
import { assumptionLines, costLines, sourceLines, targetLines } from './cost-lines';
import { headroomLines, moverLines } from './mover-lines';
import { outsideLines } from './outside-lines';
import { header, type TerminalOptions } from './overview';
import { alarmLines, findingLines, protectionLines } from './protection-lines';
import { quotaLines } from './quota-lines';
import { savingLines } from './saving-lines';
import { wideWidth, wrap } from './text-table';

/** Everything about one store: costs, capacity, alarms, protection, assumptions, sources of the prices. */
export function details(review: StoreReview, options: TerminalOptions): string {
  const colorize = colorizer(options.colour);
  const sections = Object.entries({
    'Other months, USD: each story by itself': bandLines(review),
    'Assumptions that move the bill most, each alone from its low to its high end': moverLines(
      review.band.movers,
      ({ usdPerMonth }) => usdAndCents(usdPerMonth),
    ),
    'Target costs of the documents, USD a month': targetLines(review),
    'Savings, each alone: the bill counts none of them': savingLines(review),
    'Capacity: the limit that each part sets, the tightest first': capacityLines(review.capacity, colorize),
    'Requirements of the documents': demandLines(review.capacity, colorize),
    'Assumptions that move the headroom most, each alone from its low to its high end': headroomLines(review.capacity),
    'Quotas of the account (--assume name=value)': quotaLines(review),
    'Unit costs': costOfUseLines(review),
    'Beside the infrastructure, USD a month': outsideLines(review),
    Alarms: alarmLines(review.alarmCoverage, colorize),
    Protection: protectionLines(review.protection, colorize),
    Findings: findingLines(review),
    'Accepted risks': review.acceptedRisks.flatMap((risk) => wrap(riskText(risk), wideWidth)),
    'Assumptions of the capacity (--assume name=value): expected, low to high': capacityAssumptionLines(review.capacity),
    'Assumptions of the cost (--usage name=value): expected, low to high': assumptionLines(review),
    Prices: sourceLines(review),
  }).filter(([, lines]) => lines.length > 0);
  return [
    header([review], options),
    '',
    ...costLines(review),
    ...sections.flatMap(([title, lines]) => ['', colorize('strong', title)].concat(lines)),
    '',
  ].join('\n');
}
