import { priceTiers } from '../../facts/prices';
import { savingsPlans } from '../../facts/savings-plans';
import { type CloudFormationResource, type CloudFormationTemplate, type Json, member, Template } from '../../template/template';
import { withProperties } from '../../template/with-properties';
import type { MonthlyUsage } from '../../usage/monthly-usage';
import type { CostLine } from './bill';
import { costOf, type PricedTemplate } from './cost';
import { totalOf } from './total-cost';

export const savingNames = ['Valkey', 'Database plan', 'Compute plan', 'SES à la carte'] as const;

/** What the same store would cost less; nothing of it is in the bill, and each is counted alone. */
export interface Saving {
  readonly name: (typeof savingNames)[number];
  /** At the most, where AWS says no more than that. */
  readonly usdPerMonth: number;
  /** What to do for it, and on what it rests. */
  readonly how: string;
}

/** Savings that the store has not yet taken; those without a price are left out. */
export function savingsOf(
  source: CloudFormationTemplate,
  region: string,
  usage: MonthlyUsage,
  priced: Pick<PricedTemplate, 'lines' | 'missing'>,
): readonly Saving[] {
  const { database, compute } = savingsPlans;
  const { lines } = priced;
  const all: readonly (Omit<Saving, 'usdPerMonth'> & { readonly usdPerMonth: number | undefined })[] = [
    {
      name: 'Valkey',
      usdPerMonth: valkeySaving(source, region, usage, priced),
      how: '"cacheEngine": "valkey"; docs/decisions/03-cache-engine.md',
    },
    {
      name: 'Database plan',
      usdPerMonth: database.share * always(lines, isNewInstance),
      how: `Database Savings Plan, at most ${percent(database.share)} of the instances for ${database.years} year, nothing upfront. ${database.source}`,
    },
    {
      name: 'Compute plan',
      usdPerMonth: compute.share * always(lines, isOnDemandTask),
      how: `Compute Savings Plan, about ${percent(compute.share)} of the tasks that always run, for ${compute.years} year, nothing upfront. ${compute.source}`,
    },
    {
      name: 'SES à la carte',
      usdPerMonth: aLaCarteSaving(lines, region),
      how: 'instead of Essentials, on which AWS puts a new account since 2026-07-21; docs/payments-and-email.md',
    },
  ];
  return all.flatMap(({ name, usdPerMonth, how }) =>
    usdPerMonth !== undefined && usdPerMonth > 0 ? [{ name, usdPerMonth, how }] : [],
  );
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** USD a month of lines that are billed every hour: what a commitment can cover without a risk. */
function always(lines: readonly CostLine[], covers: (line: CostLine) => boolean): number {
  return lines.filter((line) => line.kind === 'fixed' && covers(line)).reduce((usd, line) => usd + line.usdPerMonth, 0);
}

/** `rds.postgres.db.m8g.xlarge.multi`; burstable classes (t4g) are of no generation that a plan covers. */
function isNewInstance({ priceKeys: [key = ''] }: CostLine): boolean {
  const [, generation] = /^rds\.postgres\.db\.[a-z]+(\d+)/.exec(key) ?? [];
  return Number(generation) >= savingsPlans.database.fromGeneration;
}

function isOnDemandTask({ priceKeys }: CostLine): boolean {
  return priceKeys.length === 1 && /^fargate\.(arm|x86)\./.test(priceKeys[0] ?? '');
}

function aLaCarteSaving(lines: readonly CostLine[], region: string): number | undefined {
  const [price] = priceTiers('ses.a-la-carte', region);
  if (!price) return undefined;
  return lines
    .filter(({ priceKeys }) => priceKeys.includes('ses.essentials'))
    .reduce((usd, { usdPerMonth, quantity }) => usd + usdPerMonth - (quantity / (price.per ?? 1)) * price.usd, 0);
}

function valkeySaving(
  source: CloudFormationTemplate,
  region: string,
  usage: MonthlyUsage,
  { lines, missing }: Pick<PricedTemplate, 'lines' | 'missing'>,
): number | undefined {
  const caches = Object.entries(source.Resources ?? {}).flatMap(([id, resource]) => (runsRedis(resource) ? [id] : []));
  if (caches.length === 0) return undefined;
  const other = costOf(new Template(withProperties(caches, { Engine: 'valkey' })(source)), region, usage);
  const known = [...missing, ...other.missing].every(({ key }) => !key.startsWith('elasticache.'));
  return known ? totalOf(lines).usdPerMonth - totalOf(other.lines).usdPerMonth : undefined;
}

function runsRedis({ Type, Properties }: CloudFormationResource): boolean {
  return Type === 'AWS::ElastiCache::ReplicationGroup' && (member(Properties as Json, 'Engine') ?? 'redis') === 'redis';
}
