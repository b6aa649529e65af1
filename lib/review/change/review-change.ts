import type { CloudFormationTemplate } from '../../template/template';
import { tierNames } from '../../tiers/tier';
import type { Cost } from '../text/money';
import { blocksIn, downtimesIn, irreversibleIn, partsIn, verdictOf } from './collect';
import { type Comparison, compare } from './compare';
import type { Finding } from './finding';
import { judge } from './judge';
import { otherRegion } from './other-region';
import { rollbackOf } from './rollback';
import { afterSteps, beforeSteps } from './steps';
import type { ChangeReview, CostChange } from './types';
import { unchanged } from './unchanged';

export interface ChangeSide {
  /** A size, or a file. */
  readonly name: string;
  readonly template: CloudFormationTemplate;
  /** What it costs; undefined where it was not counted or a price is missing. */
  readonly usdPerMonth?: Cost;
  /** Where it runs, if that is known. */
  readonly region?: string;
}

export interface ChangeInput {
  readonly from: ChangeSide;
  readonly to: ChangeSide;
  /** The exact command. */
  readonly deploy: string;
  /** Where the command deploys to. */
  readonly region?: string;
  /** What the running store has, where somebody asked RDS: GB by logical ID. */
  readonly live?: { readonly allocatedStorageGb?: Readonly<Record<string, number>> };
}

/** What a deployment of `to` does to a store that was deployed from `from`, found by rules on what differs between the templates. */
export function reviewChange(input: ChangeInput): ChangeReview {
  const { from, to, deploy, region = to.region } = input;
  const comparison = compare(from.template, to.template);
  const findings = otherRegion(from.region, region) ?? findingsOf(comparison, input.live?.allocatedStorageGb);
  const downtimes = downtimesIn(findings);
  return {
    from: from.name,
    to: to.name,
    verdict: verdictOf(findings),
    parts: partsIn(findings),
    unchanged: unchanged(comparison),
    dataAtRisk: [...new Set(findings.flatMap(({ lost }) => lost ?? []))],
    downtimes,
    irreversible: irreversibleIn(findings),
    blocks: blocksIn(findings),
    before: beforeSteps(
      new Set([...findings.flatMap(({ before }) => before ?? []), ...(downtimes.length > 0 ? ['lowTraffic'] : [])]),
    ),
    after: [...afterSteps(new Set(findings.flatMap(({ after }) => after ?? []))), ...pinning(to.name)],
    rollback: rollbackOf(to.name, from.name, otherRegion(region, from.region) ?? findingsOf(compare(to.template, from.template))),
    costChange: costChange(from.usdPerMonth, to.usdPerMonth),
    deploy,
  };
}

const judged = new WeakMap<Comparison, readonly Finding[]>();

/** By the templates alone once; what the running store has is looked at anew. */
function findingsOf(comparison: Comparison, liveStorageGb?: Readonly<Record<string, number>>): readonly Finding[] {
  if (liveStorageGb) return judge({ ...comparison, liveStorageGb });
  const found = judged.get(comparison) ?? judge({ ...comparison, liveStorageGb: {} });
  judged.set(comparison, found);
  return found;
}

function pinning(name: string): string[] {
  return tierNames.some((tier) => tier === name) ? [`Pin the new size in cdk.json: "tier": "${name}"`] : [];
}

function costChange(from: Cost | undefined, to: Cost | undefined): CostChange | undefined {
  if (!from || !to) return undefined;
  return {
    fixedUsdPerMonth: to.fixedUsdPerMonth - from.fixedUsdPerMonth,
    usageUsdPerMonth: to.usageUsdPerMonth - from.usageUsdPerMonth,
    usdPerMonth: to.usdPerMonth - from.usdPerMonth,
  };
}
