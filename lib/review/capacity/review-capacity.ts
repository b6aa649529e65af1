import { linesOf } from '../../../alarms/assessment/change';
import { cacheHitRate, targets } from '../../../alarms/thresholds';
import { type CloudFormationTemplate, Template } from '../../template/template';
import { mergedOverrides } from '../../tiers/overrides';
import type { Serves } from '../../tiers/tier';
import { assumptionsInForce } from './assumptions';
import { demandsOf } from './demands';
import { isComplete, limitsOf, maxLoadOf, tightest } from './limits/table';
import { type ScopeInput, type ScopeOf, scopeOfMonth } from './scope';
import type { PartChange } from './steps/change';
import { type CapacityReading, readingOf, type TakenStep, upgradeFor, usefulStep } from './steps/recommended-upgrade';
import type { AtHitRate, CapacityReview, Step, UnitCosts } from './types';

export interface CapacityInput extends ScopeInput {
  readonly template: CloudFormationTemplate;
  /** What the documents require of the size, or the store of itself. */
  readonly serves: Serves;
  /** Cost of the template. */
  readonly usdPerMonth: number;
  /** Cost (USD a month) of a changed template; undefined if a price is missing. Called at most twice. */
  readonly costOf: (template: CloudFormationTemplate) => number | undefined;
  /** Whether this review knows resources of a type. */
  readonly isKnownType: (type: string) => boolean;
}

/** The capacity that a template gives a store, its bottleneck, and the upgrades that raise it. */
export function reviewCapacity(input: CapacityInput): Omit<CapacityReview, 'movers'> {
  const { usage, serves, assume = {} } = input;
  const scopeOf = scopeOfMonth(input);
  const now = readingOf(input.template, scopeOf, input.isKnownType);
  const bottleneck = tightest(now.limits);
  const next = bottleneck && usefulStep(bottleneck, now);
  return {
    limits: now.limits,
    bottleneck,
    maxLoad: maxLoadOf(now.limits),
    complete: isComplete(now.limits) && now.notExamined.length === 0,
    atHitRates: atHitRates(now, scopeOf),
    demands: demandsOf(serves, now),
    notExamined: now.notExamined,
    assumptions: assumptionsInForce(assume, usage, now.scope.parts.measuredMicroseconds),
    costs: unitCosts(input),
    nextUpgrade: next && upgrade([next], input),
    recommendedUpgrade: upgrade(upgradeFor(now, serves), input),
  };
}

function unitCosts({ usdPerMonth, usage, serves }: CapacityInput): UnitCosts {
  const shareOf = (count: number): number | undefined => (count > 0 ? usdPerMonth / count : undefined);
  const usdPerUser = usdPerMonth / serves.mostUsers;
  return {
    usdPerUser,
    usdPerUserHolds: usdPerUser < targets.costPerUser.most,
    usdPerOrder: shareOf(usage.orders),
    usdPerVisit: shareOf(usage.visits),
    usdPerThousandRequests: shareOf(usage.cdnRequests / 1_000),
  };
}

/** [growth-plan] aims at the same rates of cache and CDN. */
function atHitRates({ template, scope }: CapacityReading, scopeOf: ScopeOf): readonly AtHitRate[] {
  if (!scope.parts.cdn) return [];
  return [cacheHitRate.poor, cacheHitRate.least, cacheHitRate.good].map((percent) => {
    const cdnHitRate = percent / 100;
    const limits = limitsOf(new Template(template), (view) => ({ ...scopeOf(view), assume: { ...scope.assume, cdnHitRate } }));
    return { cdnHitRate, maxLoad: maxLoadOf(limits), bottleneck: tightest(limits)?.title };
  });
}

function upgrade(taken: readonly TakenStep[] = [], { usdPerMonth, costOf }: CapacityInput): Step | undefined {
  const last = taken.at(-1);
  if (!last) return undefined;
  const changes = taken.map(({ change }) => change);
  const settings = mergedOverrides(changes.map((change) => change.settings));
  const { limits, template } = last.after;
  const cost = costOf(template);
  return {
    text: formatUpgrades(changes),
    settings,
    lines: linesOf({ settings }),
    usdPerMonth: cost === undefined ? undefined : cost - usdPerMonth,
    maxLoad: maxLoadOf(limits),
    nextBottleneck: tightest(limits)?.title,
  };
}

/** Several steps of one kind as one, from the first value to the last. */
function formatUpgrades(changes: readonly PartChange[]): string {
  return [...Map.groupBy(changes, ({ what }) => what)]
    .map(([what, all]) => `${what} ${all[0]?.from} → ${all.at(-1)?.to}`)
    .join(', ');
}
