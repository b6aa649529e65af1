import type { StoreReview } from '../../review-store';
import { riskText } from '../../text/notes';
import { capacityAssumptionLines, capacityLines, costOfUseLines, demandLines } from './capacity-lines';
import { colorizer } from './colorize';
import { assumptionLines, costLines, sourceLines } from './cost-lines';
import { header, type TerminalOptions } from './overview';
import { alarmLines, findingLines, protectionLines } from './protection-lines';
import { section, wideWidth } from './section';
import { wrap } from './text-table';

/** Everything about one store: costs, capacity, alarms, protection, assumptions, sources of the prices. */
export function details(review: StoreReview, options: TerminalOptions): string {
  const colorize = colorizer(options.colour);
  const risks = review.acceptedRisks.flatMap((risk) => wrap(riskText(risk), wideWidth));
  return [
    header([review], options),
    '',
    ...costLines(review),
    ...section('Capacity: the limit that each part sets, the tightest first', capacityLines(review.capacity, colorize), colorize),
    ...section('Requirements of the documents', demandLines(review.capacity, colorize), colorize),
    ...section('Unit costs', costOfUseLines(review), colorize),
    ...section('Alarms', alarmLines(review.alarmCoverage, colorize), colorize),
    ...section('Protection', protectionLines(review.protection, colorize), colorize),
    ...section('Findings', findingLines(review), colorize),
    ...section('Accepted risks', risks, colorize),
    ...section('Assumptions of the capacity (--assume name=value)', capacityAssumptionLines(review.capacity), colorize),
    ...section('Assumptions of the cost', assumptionLines(review), colorize),
    ...section('Prices', sourceLines(review), colorize),
    '',
  ].join('\n');
}
