import { hoursAMonth } from '../../../../facts/month';
import { savingsPlans } from '../../../../facts/savings-plans';
import type { CostLine } from '../../bill';
import type { PriceSaving } from '../types';

const { database, compute, computeThreeYears } = savingsPlans;

/** Burstable classes and nodes (t4g) are of no generation that the plan covers, and of the cache's engines only Valkey is. */
const newGeneration = /^(?:rds\.postgres\.db|elasticache\.valkey\.cache)\.[a-z]+(\d+)/;

export const databasePlan: PriceSaving = {
  name: 'Database plan',
  risk: 'The hourly amount is paid for a year, also by a store that shrinks or closes; other databases of the account then use it.',
  commitmentYears: database.years,
  source: database.source,
  covers: (key) => Number(newGeneration.exec(key)?.[1]) >= database.fromGeneration,
  savedOn: ({ usdPerMonth }) => database.share * usdPerMonth,
  how: (lines) => buy('Database', database, lines),
};

/** `fargate.arm.vcpu`, `fargate.x86.memory`; tasks on Spot and disk are not covered. */
const isTask = (key: string): boolean => /^fargate\.(arm|x86)\./.test(key);

export const computePlan: PriceSaving = {
  name: 'Compute plan',
  risk: 'The hourly amount is paid for a year, also by a store that shrinks or goes to Spot; other Fargate, Lambda and EC2 of the account then use it.',
  commitmentYears: compute.years,
  source: compute.source,
  covers: isTask,
  savedOn: ({ usdPerMonth }) => compute.share * usdPerMonth,
  how: (lines) => buy('Compute', compute, lines),
};

export const computePlanThreeYears: PriceSaving = {
  name: 'Compute plan, 3 years',
  risk: 'The same for three years, in which a store may well halve or move.',
  commitmentYears: computeThreeYears.years,
  source: computeThreeYears.source,
  covers: isTask,
  savedOn: () => undefined,
  how: (lines) => buy('Compute', computeThreeYears, lines),
};

interface Plan {
  readonly years: number;
  readonly share?: number;
}

/** The commitment is what the lines cost an hour with the plan. */
function buy(type: string, { years, share }: Plan, lines: readonly CostLine[]): string {
  const usdPerHour = (lines.reduce((usd, { usdPerMonth }) => usd + usdPerMonth, 0) * (1 - (share ?? 0))) / hoursAMonth;
  const commitment = share === undefined ? 'as its page recommends' : `${usdPerHour.toFixed(3)} USD an hour`;
  return `Billing console, Savings Plans, Purchase: ${type}, ${years === 1 ? '1 year' : `${years} years`}, No upfront, ${commitment}`;
}
