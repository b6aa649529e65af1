import { linesOf } from '../../../alarms/assessment/change';
import { cacheHitRate } from '../../../alarms/thresholds';
import { tierTag } from '../../../services/contract';
import { type MeasuredCapacity, measuredCapacity } from '../../facts/measured-capacity';
import { type CloudFormationTemplate, Template } from '../../template/template';
import type { MonthlyUsage, Serves } from '../../tiers/tier';
import { type AssumptionValues, assumptionsInForce } from './assumptions';
import { demandsOf } from './demands';
import { isComplete, limitsOf, type ScopeOf, tightest } from './limits/table';
import type { Scope } from './scope';
import { mergedSettings, type PartChange } from './steps/change';
import { type CapacityReading, readingOf, type TakenStep, upgradeFor, usefulStep } from './steps/recommended-upgrade';
import { StoreParts } from './store-parts';
import type { AtHitRate, CapacityReview, Limit, Step } from './types';
import { unitCosts } from './unit-costs';

export interface CapacityInput {
  readonly template: CloudFormationTemplate;
  readonly region: string;
  readonly usage: MonthlyUsage;
  /** What the documents ask of it. @default - nothing is asked */
  readonly serves?: Serves | undefined;
  /** Assumptions that the caller sets. */
  readonly assume?: AssumptionValues | undefined;
  /** @default - what `npm run bench` measured */
  readonly measured?: MeasuredCapacity | undefined;
  /** What the template costs a month. */
  readonly usdPerMonth: { readonly usdPerMonth: number };
  /** Whether this review knows what resources of a type are. @default - it knows all */
  readonly isKnownType?: ((type: string) => boolean) | undefined;
  /** The same of a changed one; undefined where a price is missing. Asked twice at the most. */
  readonly costOf: (template: CloudFormationTemplate) => number | undefined;
}

const documentedDrop = 1_000; // [drop-store], for a template of which nobody asks anything

/** What a template lets a store carry, what breaks first, and what would carry more. */
export function reviewCapacity(input: CapacityInput): CapacityReview {
  const { usage, serves, assume = {} } = input;
  const scopeOf: ScopeOf = (template) => scopeIn(template, input);
  const read: Read = (template) => readingOf(template, scopeOf, input.isKnownType);
  const now = read(input.template);
  const bottleneck = tightest(now.limits);
  return {
    limits: now.limits,
    bottleneck,
    maxLoad: loadOf(bottleneck),
    complete: isComplete(now.limits) && now.notExamined.length === 0,
    atHitRates: atHitRates(now, scopeOf),
    demands: serves ? demandsOf(serves, now) : [],
    notExamined: now.notExamined,
    assumptions: assumptionsInForce(assume, usage),
    costs: unitCosts(input.usdPerMonth.usdPerMonth, usage, serves),
    nextUpgrade: stepOf(nextUpgrade(now, bottleneck, read), now, input),
    recommendedUpgrade: stepOf(serves && upgradeFor(now, serves, read), now, input),
  };
}

type Read = (template: CloudFormationTemplate) => CapacityReading;

function scopeIn(template: Template, { region, usage, serves, assume = {}, measured = measuredCapacity }: CapacityInput): Scope {
  return {
    parts: new StoreParts(template),
    region,
    usage,
    assume,
    measured,
    buyersAtOnce: serves?.buyersAtOnce.figure ?? documentedDrop,
  };
}

function loadOf(limit: Limit | undefined): CapacityReview['maxLoad'] {
  return typeof limit?.maxLoad === 'object' ? limit.maxLoad : undefined;
}

/** [growth-plan] aims at the same rates of cache and CDN. */
function atHitRates({ template, scope }: CapacityReading, scopeOf: ScopeOf): readonly AtHitRate[] {
  if (!scope.parts.cdn) return [];
  return [cacheHitRate.poor, cacheHitRate.least, cacheHitRate.good].map((percent) => {
    const cdnHitRate = percent / 100;
    const limits = limitsOf(new Template(template), (view) => ({ ...scopeOf(view), assume: { ...scope.assume, cdnHitRate } }));
    const first = tightest(limits);
    return { cdnHitRate, maxLoad: loadOf(first), bottleneck: first?.title };
  });
}

function nextUpgrade(now: CapacityReading, bottleneck: Limit | undefined, read: Read): readonly TakenStep[] {
  const step = bottleneck && usefulStep(bottleneck, now, read);
  return step ? [step] : [];
}

function stepOf(
  taken: readonly TakenStep[] | undefined,
  now: CapacityReading,
  { usdPerMonth: usd, costOf }: CapacityInput,
): Step | undefined {
  const last = taken?.at(-1);
  if (!taken || !last) return undefined;
  const changes = taken.map(({ change }) => change);
  const settings = isStore(now) ? mergedSettings(changes.map((change) => change.settings)) : {};
  const bottleneck = tightest(last.after.limits);
  const cost = costOf(last.after.template);
  return {
    text: formatUpgrades(changes),
    settings,
    lines: linesOf({ settings }),
    usdPerMonth: cost === undefined ? undefined : cost - usd.usdPerMonth,
    maxLoad: loadOf(bottleneck),
    nextBottleneck: bottleneck?.title,
  };
}

/** Made from a store's settings: they would do nothing to somebody else's template. */
function isStore({ scope }: CapacityReading): boolean {
  return scope.parts.primary?.instance.tag(tierTag) !== undefined;
}

/** Of several steps of one kind, from the first to the last. */
function formatUpgrades(changes: readonly PartChange[]): string {
  return [...Map.groupBy(changes, ({ what }) => what)]
    .map(([what, all]) => `${what} ${all[0]?.from} → ${all.at(-1)?.to}`)
    .join(', ');
}
