import type { StoreReview } from '../../review-store';
import { riskText } from '../../text/risk-text';
import { capacityAssumptionLines, capacityLines, costOfUseLines, demandLines } from './capacity-lines';
import { colorizer } from './colorize';
import { assumptionLines, costLines, sourceLines } from './cost-lines';
import { header, type TerminalOptions } from './overview';
import { alarmLines, findingLines, protectionLines } from './protection-lines';
import { section, wideWidth } from './section';
import { wrap } from './text-table';

/** Everything about one store: costs, capacity, alarms, protection, then what they assume and where the prices come from. */
export function details(review: StoreReview, options: TerminalOptions): string {
  const colorize = colorizer(options.colour);
  const risks = review.acceptedRisks.flatMap((risk) => wrap(riskText(risk), wideWidth));
  return [
    header([review], options),
    '',
    ...costLines(review),
    ...section(
      'Capacity: what each part lets the store carry, the tightest first',
      capacityLines(review.capacity, colorize),
      colorize,
    ),
    ...section('What the documents ask', demandLines(review.capacity, colorize), colorize),
    ...section('Cost of use', costOfUseLines(review), colorize),
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
