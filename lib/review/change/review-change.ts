import { regionOf } from '../../template/region-of';
import { sizeOf } from '../../template/saved-store';
import { statefulType, statefulTypes } from '../../template/stateful-resources';
import { type CloudFormationTemplate, Template } from '../../template/template';
import { tierNames } from '../../tiers/tier';
import { tiers } from '../../tiers/tiers';
import { monthOf } from '../../usage/month';
import type { MonthlyUsage } from '../../usage/monthly-usage';
import { formatUse, quotaUses } from '../quotas/quotas';
import type { Cost } from '../text/money';
import { blocksIn, downtimesIn, irreversibleIn, partsIn, rollbackOf, verdictOf } from './collect';
import { type Comparison, compare } from './compare';
import type { Finding } from './finding';
import { formatCount } from './format';
import { type IndexedTemplate, indexTemplate } from './indexed-template';
import { judge } from './judge';
import { type Replacement, replacements } from './replacements';
import { regionChanges, regionUnknown } from './rules/regions';
import { afterSteps, beforeSteps, waitTexts } from './steps';
import type { ChangeReview, CostChange } from './types';

interface ChangeSide {
  /** A size, or a file. */
  readonly name: string;
  readonly template: CloudFormationTemplate;
  /** What it costs; undefined where it was not counted or a price is missing. */
  readonly usdPerMonth?: Cost | undefined;
  /** Where it runs. @default - what its template says */
  readonly region?: string;
}

interface ChangeInput {
  readonly from: ChangeSide;
  readonly to: ChangeSide;
  /** The exact command. */
  readonly deploy: string;
  /** GB that the running instances have according to RDS, by logical ID. @default - RDS was not read */
  readonly liveStorageGb?: Readonly<Record<string, number>>;
}

interface Judged {
  readonly comparison: Comparison;
  readonly findings: readonly Finding[];
}

/** Reviews changes between templates. It compares each pair once: the rollback of one change is another change. */
export class ChangeReviewer {
  private readonly indexed = new Map<CloudFormationTemplate, IndexedTemplate>();
  private readonly judged = new Map<IndexedTemplate, Map<IndexedTemplate, Judged>>();

  /** What a deployment of `to` does to a store that was deployed from `from`, found by rules on what differs between the templates. */
  review({ from, to, deploy, liveStorageGb }: ChangeInput): ChangeReview {
    const { comparison, findings: byTemplates } = this.judge(from.template, to.template);
    const live = liveStorageGb ? judge({ ...comparison, liveStorageGb }) : byTemplates;
    const findings = withRegions(from, to, live);
    const inReverse = withRegions(to, from, this.judge(to.template, from.template).findings);
    const downtimes = downtimesIn(findings);
    const before = new Set(findings.flatMap((finding) => finding.before ?? []));
    if (downtimes.length > 0) before.add('lowTraffic');
    return {
      from: from.name,
      to: to.name,
      verdict: verdictOf(findings),
      parts: partsIn(findings),
      unchanged: unchanged(comparison),
      dataAtRisk: [...new Set(findings.flatMap(({ lost }) => lost ?? []))],
      downtimes,
      waits: waitTexts(new Set(findings.flatMap((finding) => finding.waits ?? []))),
      irreversible: irreversibleIn(findings),
      blocks: blocksIn(findings),
      before: [...quotaSteps(from, to, comparison), ...beforeSteps(before)],
      after: [...afterSteps(new Set(findings.flatMap(({ after }) => after ?? []))), ...pinning(to.name)],
      rollback: rollbackOf(`${to.name} → ${from.name}`, inReverse),
      costChange: costChange(from.usdPerMonth, to.usdPerMonth),
      deploy,
    };
  }

  /** What CloudFormation would replace between two templates of a stack, whatever the rules say of it. */
  replacements(from: CloudFormationTemplate, to: CloudFormationTemplate): readonly Replacement[] {
    return replacements(this.judge(from, to).comparison);
  }

  private judge(from: CloudFormationTemplate, to: CloudFormationTemplate): Judged {
    const [before, after] = [this.index(from), this.index(to)];
    const ofBefore = this.judged.get(before) ?? new Map<IndexedTemplate, Judged>();
    this.judged.set(before, ofBefore);
    const found = ofBefore.get(after) ?? judgeByTemplates(compare(before, after));
    ofBefore.set(after, found);
    return found;
  }

  private index(template: CloudFormationTemplate): IndexedTemplate {
    const found = this.indexed.get(template) ?? indexTemplate(template);
    this.indexed.set(template, found);
    return found;
  }
}

/** In another region nothing else matters; where one side does not say its region, that stays open. */
function withRegions(from: ChangeSide, to: ChangeSide, findings: readonly Finding[]): readonly Finding[] {
  const [was, is] = [from, to].map((side) => side.region ?? regionOf(side.template));
  if (was === is) return findings;
  if (was !== undefined && is !== undefined) return [regionChanges(was, is)];
  return [regionUnknown(was === undefined ? from.name : to.name, was ?? is ?? ''), ...findings];
}

function judgeByTemplates(comparison: Comparison): Judged {
  return { comparison, findings: judge({ ...comparison, liveStorageGb: {} }) };
}

/** What holds data or addresses and is on both sides as it was: `4 queues`, `the URL`. */
function unchanged({ before, changes }: Comparison): string[] {
  const changed = new Set(changes.map(({ id }) => id));
  return [...statefulTypes, 'AWS::ElastiCache::ReplicationGroup'].flatMap((type) => {
    const all = before.ofType(type).filter((resource) => statefulType(resource));
    const same = all.filter(({ id }) => !changed.has(id));
    const stateful = statefulType(all[0]);
    if (!stateful || same.length === 0) return [];
    return all.length === 1 && stateful.only ? [stateful.only] : [formatCount(same.length, stateful.singular, stateful.plural)];
  });
}

/** For what grows beyond the quota of an ordinary account. */
function quotaSteps(from: ChangeSide, to: ChangeSide, { before, after }: Comparison): string[] {
  const used = quotaUses(before, {}, usageOf(from));
  return quotaUses(after, {}, usageOf(to))
    .filter(
      ({ name, verdict, deploying }) =>
        verdict === 'not known' || (verdict !== 'holds' && deploying > (used.find((one) => one.name === name)?.deploying ?? 0)),
    )
    .map((use) =>
      use.verdict === 'not known'
        ? `Compare a quota by hand. ${use.title}: ${formatUse(use)}; the default is ${use.quota}`
        : `Ask AWS for a quota first, which can take days. ${use.title}: ${formatUse(use)}; the default is ${use.quota}: ${use.request}`,
    );
}

/** The assumed month of the size that a template says that it is; e-mails are counted by it. */
function usageOf({ template }: ChangeSide): MonthlyUsage | undefined {
  const size = sizeOf(template);
  return size && monthOf(new Template(template), tiers[size]).usage;
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
