import type { StoreConfig } from '../../config/store-config';
import { databaseClass } from '../../facts/database-classes';
import { type CloudFormationTemplate, Template } from '../../template/template';
import { tiers } from '../../tiers/tiers';
import { monthOf } from '../../usage/month';
import type { GivenUsage } from '../../usage/monthly-usage';
import type { AssumptionValues } from '../capacity/assumptions';
import { scopeOfMonth } from '../capacity/scope';
import type { Demand, Limit } from '../capacity/types';
import { unpricedResources } from '../cost/cost';
import { totalCost } from '../cost/total-cost';
import { quotaUses } from '../quotas/quotas';
import { exactly, figure } from '../text/money';
import { partSummaries } from '../text/part-summary';
import type { Candidate, Choice, Safety } from './choice';
import { servesOf } from './demand';
import { type Asked, askedDemands, capacityReading, tightestOf } from './reading';
import { partsOf, SizeCosts } from './size-costs';
import { SizeHeadroom } from './size-headroom';
import { type SearchedSize, SizeSearch } from './size-search';
import { ownChoice, spaceOf } from './space';
import type { CarriedStore } from './types';

export interface Store {
  readonly config: StoreConfig;
  readonly template: CloudFormationTemplate;
}

/** What is asked of every store. */
export interface Question extends Pick<Asked, 'asked'> {
  /** The month, the same in each size. */
  readonly given: GivenUsage;
  readonly assume: AssumptionValues;
}

/** A size as its template has it, ready to be searched; a text says why it cannot be. */
export function searchedSize(
  { config, template }: Store,
  question: Question,
  limits: Pick<SearchedSize, 'allows'> & { readonly fixed: ReadonlySet<string> },
): SizeSearch | string {
  const { region, tier } = config;
  const view = new Template(template);
  const month = monthOf(view, tiers[tier], question.given);
  const parts = partsOf(view);
  const own = ownChoice(parts);
  if (!own) return 'its template has no API with a known size of its tasks, or no database';
  if (unpricedResources(view).length > 0) return 'a part of it has no price';
  const { assume, asked } = question;
  const serves = servesOf(month, asked);
  const scope = { ...scopeOfMonth({ region, usage: month.usage, serves, assume })(view), parts };
  return new SizeSearch({
    tier,
    space: spaceOf(own, parts, region, limits.fixed),
    costs: new SizeCosts(template, region, month, parts),
    headroom: new SizeHeadroom(scope, { serves, asked }),
    safety: safetyOf(config),
    allows: limits.allows,
  });
}

function safetyOf({ network, database, cache }: StoreConfig): Safety {
  const { zones } = network;
  return {
    zones: typeof zones === 'number' ? zones : zones.length,
    multiAz: Number(database.multiAz),
    replicas: database.readReplicas,
    natGateways: network.natGateways,
    backupDays: database.backupRetentionDays,
    cacheReplicas: cache.replicasPerShard,
  };
}

export type Examined = Pick<
  CarriedStore,
  'cost' | 'parts' | 'demands' | 'safety' | 'quotas' | 'notKnown' | 'cdnQuota' | 'tightest'
>;

/** What the review says of a template. @returns undefined where it does not know the cost */
export function examine({ config, template }: Store, { given, assume, asked }: Question): Examined | undefined {
  const { region, tier } = config;
  const view = new Template(template);
  const month = monthOf(view, tiers[tier], given);
  const cost = totalCost(template, region, month.usage);
  if (!cost) return undefined;
  const question: Asked = { region, usage: month.usage, serves: servesOf(month, asked), assume, asked };
  const { reading, quota } = capacityReading(template, question);
  const demands = askedDemands(reading, question);
  const tightest = tightestOf(demands, question.serves, reading);
  const cdnQuota = quotaText(askedDemands({ ...reading, limits: quota }, question), quota);
  return {
    cost,
    parts: partSummaries(view),
    demands,
    ...(tightest && { tightest }),
    safety: safetyOf(config),
    quotas: quotaUses(view, assume, month.usage).filter(({ verdict }) => verdict !== 'holds'),
    notKnown: reading.limits
      .filter(({ informational, maxLoad }) => !informational && (maxLoad === 'not measured' || maxLoad === 'not known'))
      .map(({ title, calculation }) => `${title}: ${calculation}`),
    ...(cdnQuota !== undefined && { cdnQuota }),
  };
}

const quotaText = (demands: readonly Demand[], limits: readonly Limit[]): string | undefined =>
  demands.some(({ verdict }) => verdict === 'falls short') ? limits[0]?.value : undefined;

/** What one store has less of than another, in words. */
export function lessThan(one: Candidate, other: Candidate): readonly string[] {
  const headroom =
    one.headroom < other.headroom ? [`${exactly(one.headroom)} of the demand instead of ${exactly(other.headroom)}`] : [];
  const safer = (Object.keys(safetyWords) as (keyof Safety)[]).flatMap((name) =>
    one.safety[name] < other.safety[name] ? [safetyWords[name](one.safety[name], other.safety[name])] : [],
  );
  return [...headroom, ...safer, ...smaller(one.choice, other.choice)];
}

const insteadOf =
  (what: string) =>
  (less: number, more: number): string =>
    `${what} ${figure(less)} instead of ${figure(more)}`;

const safetyWords: Readonly<Record<keyof Safety, (less: number, more: number) => string>> = {
  zones: insteadOf('zones'),
  multiAz: () => 'no standby of the database',
  replicas: insteadOf('read replicas'),
  natGateways: insteadOf('NAT gateways'),
  backupDays: insteadOf('days of backups'),
  cacheReplicas: insteadOf('cache replicas a shard'),
};

function smaller(one: Choice, other: Choice): readonly string[] {
  const counts: readonly (readonly [string, number, number])[] = [
    ['minimum API tasks', one.least, other.least],
    ['maximum API tasks', one.most, other.most],
    ['CPU units of an API task', one.task.cpu, other.task.cpu],
    ['maximum worker tasks', one.workerMost, other.workerMost],
    ['GiB of the database’s memory', memoryOf(one), memoryOf(other)],
    ['cache shards', one.cache.shards, other.cache.shards],
  ];
  return counts.flatMap(([what, less, more]) => (less < more ? [insteadOf(what)(less, more)] : []));
}

const memoryOf = ({ instanceClass }: Choice): number => databaseClass(instanceClass)?.memoryGiB ?? 0;
