import type { AcceptedRisk } from '../config/store-config';
import { type CloudFormationTemplate, Template } from '../template/template';
import type { UnknownValue } from '../template/unknown-value';
import type { Budget, MonthlyUsage, Serves } from '../tiers/tier';
import { alarmCoverage } from './alarm-coverage/alarm-coverage';
import type { AlarmCoverage } from './alarm-coverage/types';
import type { AssumptionValues } from './capacity/assumptions';
import { reviewCapacity } from './capacity/review-capacity';
import type { CapacityReview } from './capacity/types';
import { type Assumption, assumption } from './cost/assumptions';
import type { CostLine, MissingPrice } from './cost/bill';
import { costOf, type PricedTemplate, refuseUnpriced, unpricedResources } from './cost/cost';
import { entryOf } from './cost/table';
import { totalOf } from './cost/total-cost';
import { withValkey } from './cost/valkey';
import { reviewProtection } from './protection/review-protection';
import type { FindingsReview, Protection } from './protection/types';
import type { Cost } from './text/money';
import { type PartSummary, partSummaries } from './text/part-summary';

export interface ReviewInput {
  /** What the column of this template is called, for example the size. */
  readonly name: string;
  readonly template: CloudFormationTemplate;
  readonly region: string;
  readonly usage: MonthlyUsage;
  readonly serves?: Serves;
  readonly budget?: Budget;
  readonly acceptedRisks: readonly AcceptedRisk[];
  /** Assumptions of the capacity that somebody set. */
  readonly assume?: AssumptionValues | undefined;
  readonly findings?: FindingsReview | undefined;
  /** A template that was saved from CloudFormation: types that nobody has priced are named instead of refused. @default false */
  readonly saved?: boolean;
}

export interface StoreReview {
  readonly name: string;
  /** A template that was saved from CloudFormation: nobody runs cdk-nag on it. */
  readonly saved: boolean;
  readonly region: string;
  readonly serves?: Serves;
  readonly parts: readonly PartSummary[];
  readonly resources: number;
  readonly lines: readonly CostLine[];
  readonly costs: readonly PartCost[];
  readonly total: Cost;
  /** Something has no price or a value that only AWS knows: the costs are the least that is due. */
  readonly costIsAtLeast: boolean;
  /** Values that only AWS knows and that the costs depend on. */
  readonly unknownValues: readonly UnknownValue[];
  readonly budget?: BudgetVerdict;
  /** What the same template costs less with Valkey in the cache; undefined where there is no Redis or no price. */
  readonly valkeySavesUsdPerMonth?: number;
  readonly missingPrices: readonly MissingPrice[];
  /** Types of a saved template that nobody has priced, with how many resources have them. */
  readonly unpricedTypes: readonly { readonly type: string; readonly resources: number }[];
  /** What it carries, and what ends it first. */
  readonly capacity: CapacityReview;
  readonly alarmCoverage: AlarmCoverage;
  readonly protection: Protection;
  /** undefined: not run. */
  readonly findings?: FindingsReview;
  readonly assumptions: readonly Assumption[];
  readonly acceptedRisks: readonly AcceptedRisk[];
}

export interface PartCost extends Cost {
  readonly part: string;
}

export interface BudgetVerdict extends Budget {
  /** `incomplete`: what is priced fits, but not everything is. */
  readonly verdict: 'holds' | 'exceeded' | 'incomplete';
}

/**
 * What a store costs, carries, is watched and protected by, and what it consists of, counted from its template alone.
 * @throws ReviewError when a template that is not foreign has types of resource that the cost table does not know
 */
export function reviewStore(input: ReviewInput): StoreReview {
  const template = new Template(input.template);
  if (!input.saved) refuseUnpriced(template);
  const { lines, missing, unknown } = costOf(template, input.region, input.usage);
  const total = totalOf(lines);
  const unpriced = unpricedTypes(template);
  const complete = isComplete({ missing, unknown }) && unpriced.length === 0;
  const valkeySavesUsdPerMonth = valkeySaving(input, total, missing);
  return {
    name: input.name,
    saved: input.saved ?? false,
    region: input.region,
    ...(input.serves && { serves: input.serves }),
    parts: partSummaries(template),
    resources: template.resources.length,
    lines,
    costs: costsByPart(lines),
    total,
    costIsAtLeast: !complete,
    unknownValues: unknown,
    ...(input.budget && {
      budget: { ...input.budget, verdict: verdict(input.budget, total, complete) },
    }),
    ...(valkeySavesUsdPerMonth !== undefined && { valkeySavesUsdPerMonth }),
    missingPrices: missing,
    unpricedTypes: unpriced,
    capacity: capacityOf(input, total, complete),
    alarmCoverage: alarmCoverage(template),
    protection: reviewProtection(template, isKnownType),
    ...(input.findings && { findings: input.findings }),
    assumptions: [...new Set(lines.flatMap(({ assumptions }) => assumptions))].map((name) => assumption(name, input.usage)),
    acceptedRisks: input.acceptedRisks,
  };
}

/** Whatever the store itself has, has a row in the cost table. */
const isKnownType = (type: string): boolean => entryOf(type) !== undefined;

function isComplete({ missing, unknown }: Pick<PricedTemplate, 'missing' | 'unknown'>): boolean {
  return missing.length === 0 && unknown.length === 0;
}

function unpricedTypes(template: Template): StoreReview['unpricedTypes'] {
  return [...Map.groupBy(unpricedResources(template), ({ type }) => type)].map(([type, all]) => ({
    type,
    resources: all.length,
  }));
}

/** @param complete whether everything is priced; otherwise nobody knows that a cost stays under its target */
function capacityOf({ template, region, usage, serves, assume }: ReviewInput, usd: Cost, complete: boolean): CapacityReview {
  const costOfChanged = (changed: CloudFormationTemplate): number | undefined => {
    const priced = costOf(new Template(changed), region, usage);
    return isComplete(priced) ? totalOf(priced.lines).usdPerMonth : undefined;
  };
  const capacity = reviewCapacity({
    template,
    region,
    usage,
    usdPerMonth: usd,
    costOf: costOfChanged,
    isKnownType,
    ...(serves && { serves }),
    ...(assume && { assume }),
  });
  const { costs } = capacity;
  return costs.usdPerUserHolds && !complete ? { ...capacity, costs: { ...costs, usdPerUserHolds: undefined } } : capacity;
}

/** Dearest part first. */
function costsByPart(lines: readonly CostLine[]): PartCost[] {
  return [...Map.groupBy(lines, ({ part }) => part)]
    .map(([part, own]) => Object.assign(totalOf(own), { part }))
    .toSorted((one, other) => other.usdPerMonth - one.usdPerMonth);
}

function verdict({ usdPerMonth }: Budget, { usdPerMonth: usd }: Cost, complete: boolean): BudgetVerdict['verdict'] {
  if (usd > usdPerMonth) return 'exceeded';
  return complete ? 'holds' : 'incomplete';
}

function valkeySaving(input: ReviewInput, { usdPerMonth: usd }: Cost, missing: readonly MissingPrice[]): number | undefined {
  const changed = withValkey(input.template);
  if (!changed) return undefined;
  const other = costOf(new Template(changed), input.region, input.usage);
  const known = [...missing, ...other.missing].every(({ key }) => !key.startsWith('elasticache.'));
  return known ? usd - totalOf(other.lines).usdPerMonth : undefined;
}
