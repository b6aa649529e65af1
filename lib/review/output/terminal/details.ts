import type { StoreReview } from '../../review-store';
import { riskWords } from '../../text/risk-text';
import { capacityAssumptionLines, capacityLines, costOfUseLines, demandLines } from './capacity-lines';
import { painter } from './colorize';
import { assumptionLines, costLines, sourceLines } from './cost-lines';
import { header, type TerminalOptions } from './overview';
import { alarmLines, findingLines, protectionLines } from './protection-lines';
import { section, wideWidth } from './section';
import { wrap } from './text-table';

/** Everything about one store: costs, capacity, alarms, protection, then what they assume and where the prices come from. */
export function details(review: StoreReview, options: TerminalOptions): string {
  const paint = painter(options.colour);
  const risks = review.acceptedRisks.flatMap((risk) => wrap(riskWords(risk), wideWidth));
  return [
    header([review], options),
    '',
    ...costLines(review),
    ...section('Capacity: what each part lets the store carry, the tightest first', capacityLines(review.capacity, paint), paint),
    ...section('What the documents ask', demandLines(review.capacity, paint), paint),
    ...section('Cost of use', costOfUseLines(review), paint),
    ...section('Alarms', alarmLines(review.watching, paint), paint),
    ...section('Protection', protectionLines(review.protection, paint), paint),
    ...section('Findings', findingLines(review), paint),
    ...section('Accepted risks', risks, paint),
    ...section('Assumptions of the capacity (--assume name=value)', capacityAssumptionLines(review.capacity), paint),
    ...section('Assumptions of the cost', assumptionLines(review), paint),
    ...section('Prices', sourceLines(review), paint),
    '',
  ].join('\n');
}
