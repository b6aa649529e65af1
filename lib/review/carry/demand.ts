import { hoursAMonth } from '../../facts/month';
import { type Serves, type TierName, tierNames } from '../../tiers/tier';
import { tiers } from '../../tiers/tiers';
import { type Month, ofSize } from '../../usage/month';
import { type GivenUsage, type MonthlyUsage, type UsageName, usageOf } from '../../usage/monthly-usage';
import type { Demand } from '../capacity/types';

/** Figures of a month that ask something of the capacity, and the demand that each makes. */
const demandOf: Readonly<Partial<Record<UsageName, Demand['id']>>> = {
  orders: 'orders',
  users: 'users',
  usersAtOnce: 'concurrent-users',
  drop: 'drop',
  visits: 'requests-per-second',
  pages: 'requests-per-second',
  cdnRequests: 'requests-per-second',
  apiRequests: 'requests-per-second',
};

export const demandNames = Object.keys(demandOf) as UsageName[];

/** What has to hold: only that which somebody asked for. */
export function askedOf(demand: GivenUsage): ReadonlySet<Demand['id']> {
  return new Set(demandNames.flatMap((name) => (demand[name] === undefined ? [] : (demandOf[name] ?? []))));
}

/** The smallest size that the documents say bears the demand; what nobody said of the month is as it assumes, in every size. */
export function sizeOfMonth(demand: GivenUsage): TierName {
  return tierNames.find((name) => demandNames.every((figure) => (demand[figure] ?? 0) <= mostOf(name, figure))) ?? 'enterprise';
}

function mostOf(name: TierName, figure: UsageName): number {
  const { serves } = tiers[name];
  if (figure === 'orders') return serves.ordersPerMonth;
  if (figure === 'users') return serves.mostUsers;
  if (figure === 'usersAtOnce') return serves.concurrentUsers.figure;
  return figure === 'drop' ? Number.POSITIVE_INFINITY : usageOf({}, ofSize(tiers[name]))[figure];
}

/** One month for all sizes, so that they differ in the store alone. @param known the demand, and what else is given */
export function sameMonth(known: GivenUsage): GivenUsage {
  return { ...tiers[sizeOfMonth(known)].usage, ...known };
}

/**
 * Viewers' requests a second in the busiest hour: the month's mean times `peakFactor`, as the capacity counts orders. Where more reach
 * the API than the CDN, those count: then the CDN answers none.
 */
function peakRequests({ cdnRequests, apiRequests, peakFactor }: MonthlyUsage): number {
  return (Math.max(cdnRequests, apiRequests) / hoursAMonth / secondsPerHour) * peakFactor;
}

const secondsPerHour = 3_600;

/** The month's demand in place of the documents'. */
export function servesOf({ serves, usage }: Month, asked: ReadonlySet<Demand['id']>): Serves {
  const { requestsPerSecond: _, ...others } = serves;
  if (!asked.has('requests-per-second')) return others;
  return { ...others, requestsPerSecond: { figure: peakRequests(usage), source: 'the month’s requests × peakFactor' } };
}
