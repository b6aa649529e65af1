import type { AcceptedRisk } from '../config/store-config';
import type { Budget, MonthlyUsage, Serves } from '../tiers/tier';
import { type Assumption, assumption } from './cost/assumptions';
import type { CostLine, MissingPrice } from './cost/bill';
import { costOf } from './cost/cost';
import { type PartWords, partWords } from './part-words';
import { type CloudFormationTemplate, Template } from './template';
import { withValkey } from './valkey';

export interface ReviewInput {
  /** What the column of this template is called, for example the size. */
  readonly name: string;
  readonly template: CloudFormationTemplate;
  readonly region: string;
  readonly usage: MonthlyUsage;
  readonly serves?: Serves;
  readonly budget?: Budget;
  readonly acceptedRisks: readonly AcceptedRisk[];
}

export interface StoreReview {
  readonly name: string;
  readonly region: string;
  readonly serves?: Serves;
  readonly words: readonly PartWords[];
  readonly resources: number;
  readonly lines: readonly CostLine[];
  readonly costs: readonly PartCost[];
  readonly total: Cost;
  readonly budget?: BudgetVerdict;
  /** What the same template costs less with Valkey in the cache; undefined where there is no Redis or no price. */
  readonly valkeySavesUsd?: number;
  readonly missingPrices: readonly MissingPrice[];
  readonly assumptions: readonly Assumption[];
  readonly acceptedRisks: readonly AcceptedRisk[];
}

/** USD a month. */
export interface Cost {
  readonly fixedUsd: number;
  readonly usageUsd: number;
  readonly usd: number;
}

export interface PartCost extends Cost {
  readonly part: string;
}

export interface BudgetVerdict extends Budget {
  /** `incomplete`: what is priced fits, but prices are missing. */
  readonly verdict: 'holds' | 'exceeded' | 'incomplete';
}

/**
 * What a store costs in a month and what it consists of, counted from its template alone.
 * @throws ReviewError when the template has types of resource that the cost table does not know
 */
export function reviewStore(input: ReviewInput): StoreReview {
  const template = new Template(input.template);
  const { lines, missing } = costOf(template, input.region, input.usage);
  const total = costIn(lines);
  const valkeySavesUsd = valkeySaving(input, total, missing);
  return {
    name: input.name,
    region: input.region,
    ...(input.serves && { serves: input.serves }),
    words: partWords(template),
    resources: template.resources.length,
    lines,
    costs: costsByPart(lines),
    total,
    ...(input.budget && { budget: { ...input.budget, verdict: verdict(input.budget, total, missing) } }),
    ...(valkeySavesUsd !== undefined && { valkeySavesUsd }),
    missingPrices: missing,
    assumptions: [...new Set(lines.flatMap(({ assumptions }) => assumptions))].map((name) => assumption(name, input.usage)),
    acceptedRisks: input.acceptedRisks,
  };
}

function costIn(lines: readonly CostLine[]): Cost {
  const sum = (kind: CostLine['kind']) => lines.reduce((usd, line) => usd + (line.kind === kind ? line.monthlyUsd : 0), 0);
  const [fixedUsd, usageUsd] = [sum('fixed'), sum('usage')];
  return { fixedUsd, usageUsd, usd: fixedUsd + usageUsd };
}

/** Dearest part first. */
function costsByPart(lines: readonly CostLine[]): PartCost[] {
  return [...Map.groupBy(lines, ({ part }) => part)]
    .map(([part, own]) => Object.assign(costIn(own), { part }))
    .toSorted((one, other) => other.usd - one.usd);
}

function verdict({ usdPerMonth }: Budget, { usd }: Cost, missing: readonly MissingPrice[]): BudgetVerdict['verdict'] {
  if (usd > usdPerMonth) return 'exceeded';
  return missing.length > 0 ? 'incomplete' : 'holds';
}

function valkeySaving(input: ReviewInput, { usd }: Cost, missing: readonly MissingPrice[]): number | undefined {
  const changed = withValkey(input.template);
  if (!changed) return undefined;
  const other = costOf(new Template(changed), input.region, input.usage);
  const known = [...missing, ...other.missing].every(({ key }) => !key.startsWith('elasticache.'));
  return known ? usd - costIn(other.lines).usd : undefined;
}
