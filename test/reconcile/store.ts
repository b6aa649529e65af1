import { type CostLine } from '../../lib/review/cost/bill';
import { costOf } from '../../lib/review/cost/cost';
import { Template } from '../../lib/template/template';
import type { TierName } from '../../lib/tiers/tier';
import type { MonthlyUsage } from '../../lib/usage/monthly-usage';
import { monthOfSize } from '../support/month-of-size';
import { reviewedTemplate } from '../support/reviewed-templates';

/** Lines of a size's review, with another usage than the assumed one where figures are given. */
export function linesOf(tier: TierName, usage: Partial<MonthlyUsage> = {}): readonly CostLine[] {
  return costOf(new Template(reviewedTemplate(tier)), 'us-east-1', { ...monthOfSize(tier), ...usage }).lines;
}
