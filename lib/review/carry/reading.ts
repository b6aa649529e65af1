import type { CloudFormationTemplate } from '../../template/template';
import type { Serves } from '../../tiers/tier';
import type { MonthlyUsage } from '../../usage/monthly-usage';
import type { AssumptionValues } from '../capacity/assumptions';
import { demandsOf } from '../capacity/demands';
import { scopeOfMonth } from '../capacity/scope';
import { type CapacityReading, obstacleTo, readingOf } from '../capacity/steps/recommended-upgrade';
import type { Demand, Limit } from '../capacity/types';
import { isKnownType } from '../cost/table';

export interface Asked {
  readonly region: string;
  readonly usage: MonthlyUsage;
  readonly serves: Serves;
  readonly assume: AssumptionValues;
  readonly asked: ReadonlySet<Demand['id']>;
}

/** Limits that are quotas of the account: AWS raises them, so they are told and do not decide. */
const quotaLimits: ReadonlySet<string> = new Set(['cdn-requests']);

const isQuota = ({ id }: Limit): boolean => quotaLimits.has(id);

/** The capacity of a template as its review reads it, and beside it what a quota limits. */
export function capacityReading(
  template: CloudFormationTemplate,
  { region, usage, serves, assume }: Asked,
): { readonly reading: CapacityReading; readonly quota: readonly Limit[] } {
  const reading = readingOf(template, scopeOfMonth({ region, usage, serves, assume }), isKnownType);
  return {
    reading: { ...reading, limits: reading.limits.filter((limit) => !isQuota(limit)) },
    quota: reading.limits.filter(isQuota),
  };
}

/** What was asked for, compared with the capacity. */
export const askedDemands = (reading: CapacityReading, { serves, asked }: Asked): readonly Demand[] =>
  demandsOf(serves, reading).filter(({ id }) => asked.has(id));

export interface Tightest extends Pick<Limit, 'id' | 'title' | 'value'> {
  /** The demand that it keeps from more. */
  readonly demand: Demand['id'];
  /** Capacity ÷ demand; undefined: not known. */
  readonly headroom: number | undefined;
}

/** The demand with the least headroom, and the limit that sets it. */
export function tightestOf(demands: readonly Demand[], serves: Serves, reading: CapacityReading): Tightest | undefined {
  const [least] = demands.toSorted((one, other) => (one.headroom ?? 0) - (other.headroom ?? 0));
  const id = least && obstacleTo(least, serves, reading)?.id;
  const limit = reading.limits.find((one) => one.id === id);
  if (!least || id === undefined) return undefined;
  return { id, title: limit?.title ?? id, value: limit?.value ?? '', demand: least.id, headroom: least.headroom };
}
