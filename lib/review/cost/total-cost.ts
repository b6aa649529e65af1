import { type CloudFormationTemplate, Template } from '../../template/template';
import type { MonthlyUsage } from '../../usage/monthly-usage';
import type { Cost } from '../text/money';
import type { CostLine } from './bill';
import { costOf, isComplete, unpricedResources } from './cost';

export function totalOf(lines: readonly CostLine[]): Cost {
  const sum = (kind: CostLine['kind']) => lines.reduce((usd, line) => usd + (line.kind === kind ? line.usdPerMonth : 0), 0);
  const [fixedUsdPerMonth, usageUsdPerMonth] = [sum('fixed'), sum('usage')];
  return { fixedUsdPerMonth, usageUsdPerMonth, usdPerMonth: fixedUsdPerMonth + usageUsdPerMonth };
}

/** USD a month, without the rest of a review; undefined where something has no price or a value that only AWS knows. */
export function totalCost(source: CloudFormationTemplate, region: string, usage: MonthlyUsage): Cost | undefined {
  const template = new Template(source);
  const priced = costOf(template, region, usage);
  return isComplete(priced) && unpricedResources(template).length === 0 ? totalOf(priced.lines) : undefined;
}
