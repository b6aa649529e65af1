import type { AcceptedRisk } from '../config/store-config';
import { type CloudFormationTemplate, Template, type UnknownValue } from '../template/template';
import { type Budget, type Serves, type Tier, targetRange } from '../tiers/tier';
import { type Month, monthOf } from '../usage/month';
import type { GivenUsage, MonthlyUsage } from '../usage/monthly-usage';
import { alarmCoverage } from './alarm-coverage/alarm-coverage';
import type { AlarmCoverage } from './alarm-coverage/types';
import { type AssumptionValues, usageAmong } from './capacity/assumptions';
import { capacityMovers } from './capacity/capacity-movers';
import { maxOrdersOf } from './capacity/max-orders';
import { reviewCapacity } from './capacity/review-capacity';
import type { CapacityReview } from './capacity/types';
import { type Assumption, assumptionsOf } from './cost/assumptions';
import { type CostBand, costBand } from './cost/band';
import type { CostLine, MissingPrice } from './cost/bill';
import { type CostByOrders, costByOrders } from './cost/by-orders';
import { costOf, isComplete, Pricer, unpricedResources } from './cost/cost';
import { type OutsideRow, outsideCosts } from './cost/outside';
import { savingsOf } from './cost/savings/savings';
import type { Savings } from './cost/savings/types';
import { isKnownType } from './cost/table';
import { totalOf } from './cost/total-cost';
import { reviewProtection } from './protection/review-protection';
import type { FindingsReview, Protection } from './protection/types';
import { type QuotaUse, quotaUses } from './quotas/quotas';
import { ReviewError } from './review-error';
import type { Cost } from './text/money';
import { type PartSummary, partSummaries } from './text/part-summary';

export interface ReviewInput {
  /** Heading of its column, for example the size. */
  readonly name: string;
  readonly template: CloudFormationTemplate;
  readonly region: string;
  /** The size's own month, and what the documents say that it bears. */
  readonly tier: Pick<Tier, 'usage' | 'serves'>;
  /** What counts more than the setting `usage` of the template. */
  readonly usage?: GivenUsage | undefined;
  readonly budget: Budget;
  readonly acceptedRisks: readonly AcceptedRisk[];
  /** Overridden assumptions of the capacity. */
  readonly assume?: AssumptionValues | undefined;
  /** @default - not run */
  readonly findings?: FindingsReview | undefined;
  /** A template saved from CloudFormation: types without a price are listed instead of refused. @default false */
  readonly saved?: boolean;
}

export interface StoreReview {
  readonly name: string;
  /** A template saved from CloudFormation, which cdk-nag cannot check. */
  readonly saved: boolean;
  readonly region: string;
  readonly serves: Serves;
  /** Every figure of the month, after what was given. */
  readonly usage: MonthlyUsage;
  readonly parts: readonly PartSummary[];
  readonly resources: number;
  readonly lines: readonly CostLine[];
  readonly costs: readonly PartCost[];
  readonly total: Cost;
  /** What other months than the expected one may cost. */
  readonly band: CostBand;
  /** What others are paid, beside the bill of AWS. */
  readonly outside: readonly OutsideRow[];
  /** What more or fewer orders than those of the month cost; left out for a month without orders. */
  readonly byOrders?: CostByOrders;
  /** Something has no price, or a value that only AWS knows: the costs are a minimum. */
  readonly costIsAtLeast: boolean;
  /** Values that only AWS knows and that the costs depend on. */
  readonly unknownValues: readonly UnknownValue[];
  readonly budget: BudgetVerdict;
  /** What the store would cost less with other settings, prices or commitments, each alone. */
  readonly savings: Savings['savings'];
  /** The same taken together, nothing counted twice. */
  readonly savingsTogether: Savings['savingsTogether'];
  readonly missingPrices: readonly MissingPrice[];
  /** Types of a saved template without a price, with their number of resources. */
  readonly unpricedTypes: readonly { readonly type: string; readonly resources: number }[];
  readonly capacity: CapacityReview;
  /** What the store uses of the account's quotas. */
  readonly quotas: readonly QuotaUse[];
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
  /** From the lowest to the highest of the target costs. */
  readonly targetUsdPerMonth: ReturnType<typeof targetRange>;
  /** `incomplete`: the known costs are within the budget, but a price is missing. */
  readonly verdict: 'holds' | 'exceeded' | 'incomplete';
}

/**
 * Parts, cost, capacity, alarms and protection of a store, from its template.
 * @throws ReviewError if a template that is not saved has resource types that the cost table does not know
 */
export function reviewStore(input: ReviewInput): StoreReview {
  const template = new Template(input.template);
  const unpriced = unpricedResources(template);
  if (!input.saved && unpriced.length > 0) {
    throw new ReviewError(
      `The cost of ${unpriced.length} resources is not known: give their types a rule or free('why') in lib/review/cost`,
      unpriced.map(({ id, type }) => `${type}  ${id}`),
    );
  }
  const month = monthOf(template, input.tier, { ...usageAmong(input.assume), ...input.usage });
  const pricer = new Pricer(template, input.region);
  const { lines, missing, unknown } = pricer.at(month.usage);
  const total = totalOf(lines);
  const complete = isComplete({ missing, unknown }) && unpriced.length === 0;
  const byOrders = costByOrders(pricer, month, maxOrdersOf({ ...input, isKnownType }, month));
  return {
    name: input.name,
    saved: input.saved ?? false,
    region: input.region,
    serves: month.serves,
    usage: month.usage,
    parts: partSummaries(template),
    resources: template.resources.length,
    lines,
    costs: costsByPart(lines),
    total,
    band: costBand(pricer, month, total.usdPerMonth),
    outside: outsideCosts(input.budget, month.usage),
    ...(byOrders && { byOrders }),
    costIsAtLeast: !complete,
    unknownValues: unknown,
    budget: { ...input.budget, targetUsdPerMonth: targetRange(input.budget), verdict: verdict(input.budget, total, complete) },
    ...savingsOf(input.template, input.region, month.usage, { lines, missing, unknown }),
    missingPrices: missing,
    unpricedTypes: [...Map.groupBy(unpriced, ({ type }) => type)].map(([type, all]) => ({ type, resources: all.length })),
    capacity: capacityOf(input, month, total, complete),
    quotas: quotaUses(template, input.assume, month.usage),
    alarmCoverage: alarmCoverage(template),
    protection: reviewProtection(template, isKnownType),
    ...(input.findings && { findings: input.findings }),
    assumptions: assumptionsOf(
      lines.flatMap(({ assumptions }) => assumptions),
      month,
    ),
    acceptedRisks: input.acceptedRisks,
  };
}

/** @param complete whether everything is priced; otherwise it is not known whether a cost is below its target */
function capacityOf(input: ReviewInput, month: Month, { usdPerMonth }: Cost, complete: boolean): CapacityReview {
  const { region, template, assume } = input;
  const { usage, serves } = month;
  const costOfChanged = (changed: CloudFormationTemplate): number | undefined => {
    const priced = costOf(new Template(changed), region, usage);
    return isComplete(priced) ? totalOf(priced.lines).usdPerMonth : undefined;
  };
  const capacity = reviewCapacity({ template, region, usage, serves, assume, usdPerMonth, costOf: costOfChanged, isKnownType });
  const { costs } = capacity;
  let movers: CapacityReview['movers'] | undefined;
  return {
    ...capacity,
    ...(costs.usdPerUserHolds && !complete && { costs: { ...costs, usdPerUserHolds: undefined } }),
    /** Computed when they are first read: the comparison of sizes in the terminal has no room for them. */
    get movers() {
      return (movers ??= capacityMovers({ template, region, assume, isKnownType }, month));
    },
  };
}

/** Highest first. */
function costsByPart(lines: readonly CostLine[]): PartCost[] {
  return [...Map.groupBy(lines, ({ part }) => part)]
    .map(([part, own]) => Object.assign(totalOf(own), { part }))
    .toSorted((one, other) => other.usdPerMonth - one.usdPerMonth);
}

function verdict({ usdPerMonth }: Budget, { usdPerMonth: usd }: Cost, complete: boolean): BudgetVerdict['verdict'] {
  if (usd > usdPerMonth) return 'exceeded';
  return complete ? 'holds' : 'incomplete';
}
