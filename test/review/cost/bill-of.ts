import type { CostLine } from '../../../lib/review/cost/bill';
import { costOf } from '../../../lib/review/cost/cost';
import { type CloudFormationTemplate, Template } from '../../../lib/template/template';
import { figureOf, isFormula, type MonthlyUsage, usageNames, usageOf } from '../../../lib/usage/monthly-usage';

/** A month in which nothing happens; tests name what they need. */
export const idle: MonthlyUsage = {
  ...usageOf({}, {}),
  ...(Object.fromEntries(usageNames.filter((name) => isFormula(figureOf(name).value)).map((name) => [name, 0])) as object),
  apiResponseKiB: 0,
  databaseCpu: 0,
};

export type Resources = NonNullable<CloudFormationTemplate['Resources']>;

export function billOf(resources: Resources, usage: Partial<MonthlyUsage> = {}, region = 'us-east-1') {
  return costOf(new Template({ Resources: resources }), region, { ...idle, ...usage });
}

/** `label: USD` of every line, to the cent. */
export function charges(resources: Resources, usage: Partial<MonthlyUsage> = {}, region = 'us-east-1'): Record<string, number> {
  const lines = Map.groupBy(billOf(resources, usage, region).lines, ({ label }) => label);
  return Object.fromEntries([...lines].map(([label, own]) => [label, cents({ usdPerMonth: sum(own) })]));
}

const sum = (lines: readonly CostLine[]): number => lines.reduce((usd, line) => usd + line.usdPerMonth, 0);

export function cents({ usdPerMonth }: Pick<CostLine, 'usdPerMonth'>): number {
  return Math.round(usdPerMonth * 100) / 100;
}

/** One resource under the id `It`. */
export function one(Type: string, Properties: Record<string, unknown> = {}): Resources {
  return { It: { Type, Properties } };
}
