import { runFromDisk } from '../../facts/database-speed';
import type { MonthlyUsage } from '../../tiers/tier';
import type { CapacityAssumption, CapacityAssumptionName } from './types';

export interface AssumptionRow {
  /** A figure, or what the size's assumed month says. */
  readonly value: number | ((usage: MonthlyUsage) => number);
  readonly description: string;
  /** A document (docs/sources.md), a published figure, or `assumption`. */
  readonly source: string;
  readonly least: number;
  readonly most: number;
}

/** What the template does not say. All of it is shown, and all of it may be set. */
export const capacityAssumptions: Readonly<Record<CapacityAssumptionName, AssumptionRow>> = {
  cdnHitRate: {
    value: ({ apiRequests, cdnRequests }) => (cdnRequests > 0 ? Math.max(0, 1 - apiRequests / cdnRequests) : documentedHitRate),
    description:
      'share of viewers’ requests that the CDN answers; the documents aim at 0.6, 0.8, 0.9 in weeks 4, 8, 16 [growth-plan]',
    source: 'the size’s assumed month (lib/tiers)',
    least: 0,
    most: 0.99,
  },
  requestsPerUserPerSecond: {
    value: 0.2,
    description: 'requests to the CDN of a user who is there',
    source: '[drop-store] AWS option: 10,000 requests/s of 50,000 users at once',
    least: 0.001,
    most: 100,
  },
  readsPerWrite: {
    value: 10,
    description: 'requests to the API that read, to one that writes',
    source: '[right-sizing] from there on a replica is due',
    least: 0,
    most: 10_000,
  },
  transactionsPerWrite: {
    value: 1,
    description: 'transactions on the primary of a request that writes: a reservation is one call of a function',
    source: 'assumption',
    least: 0.1,
    most: 100,
  },
  cacheHitRate: {
    value: 0.8,
    description: 'share of reads that the cache answers',
    source: '[drop-store], [growth-plan]',
    least: 0,
    most: 1,
  },
  queriesPerRead: {
    value: 2,
    description: 'queries of a read that the cache misses',
    source: '[growth-plan] 1-3',
    least: 0.1,
    most: 100,
  },
  queriesPerTransaction: {
    value: 5,
    description:
      'queries that cost as much as one transaction of pgbench, which has five statements and writes with four of them',
    source: 'assumption',
    least: 1,
    most: 100,
  },
  iosPerTransaction: {
    value: Math.round((10 * runFromDisk.iops) / runFromDisk.transactionsPerSecond) / 10,
    description: 'reads and writes of the disk for one transaction; fewer where the data fit in memory',
    source: `${runFromDisk.iops.toLocaleString('en-US')} IOPS ÷ ${Math.round(runFromDisk.transactionsPerSecond).toLocaleString('en-US')} transactions/s of the published run with 500 GB of data`,
    least: 0.1,
    most: 1_000,
  },
  fargateArmSpeed: {
    value: 0.5,
    description: 'speed of a vCPU of Fargate on ARM against the core of the benchmark',
    source: 'assumption',
    least: 0.05,
    most: 5,
  },
  cpuShare: {
    value: 0.7,
    description: 'share of the CPU that is used up to the documents’ warning',
    source: '[right-sizing], [scalability-report] warning at 70%',
    least: 0.05,
    most: 1,
  },
  products: {
    value: ({ filesGb }) => filesGb * productsPerGb,
    description: 'products in the catalogue: 10 MB of pictures each',
    source: 'the size’s assumed files (lib/tiers)',
    least: 0,
    most: 1e9,
  },
  cacheKiBPerProduct: {
    value: 16,
    description: 'KiB in the cache for a product: itself and its share of lists, searches and tags',
    source: 'assumption',
    least: 0.1,
    most: 10_000,
  },
  cacheKiBPerUser: {
    value: 3,
    description:
      'KiB in the cache for a user at once: sessions of half a KiB, kept an hour [drop-store], [growth-plan], of six visits of ten minutes',
    source: 'assumption',
    least: 0.1,
    most: 10_000,
  },
  cacheKiBPerRead: {
    value: ({ apiResponseKiB }) => 3 * apiResponseKiB,
    description: 'KiB that a read moves between API and cache: an answer before it is compressed, three times as large',
    source: 'assumption',
    least: 0.1,
    most: 10_000,
  },
  natSecondsPerOrder: {
    value: 60,
    description: 'seconds that an order’s connection to the payment provider takes a port of a NAT gateway',
    source: 'assumption',
    least: 0.1,
    most: 3_600,
  },
  peakFactor: {
    value: 10,
    description: 'orders in the busiest hour against the month’s mean',
    source: 'assumption',
    least: 1,
    most: 1_000,
  },
  writesPerOrder: {
    value: 5,
    description: 'writes of an order: two reservations, check-out, the payment’s event and its settlement',
    source: 'assumption',
    least: 1,
    most: 1_000,
  },
  usersAtOnce: {
    value: 0.1,
    description: 'share of all users who are there at once',
    source: 'assumption; [drop-store] has 500,000 at once, a tenth of 5M users',
    least: 0.0001,
    most: 1,
  },
  dropUnits: {
    value: 100,
    description: 'units in a drop, sold one after the other, since they are one row',
    source: 'assumption, as npm run bench',
    least: 1,
    most: 1e6,
  },
  commitSeconds: {
    value: 0.005,
    description: 'seconds of a commit that the standby in another zone confirms',
    source: 'assumption',
    least: 0.0001,
    most: 1,
  },
};

const documentedHitRate = 0.6; // [growth-plan] week 4
const productsPerGb = 100; // five pictures of 2 MB each, as lib/tiers assumes

export const capacityAssumptionNames = Object.keys(capacityAssumptions) as CapacityAssumptionName[];

export type AssumptionValues = Partial<Readonly<Record<CapacityAssumptionName, number>>>;

/** The value in force: what the caller set, or the default. */
export function assumptionValue(name: CapacityAssumptionName, set: AssumptionValues, usage: MonthlyUsage): number {
  const { value } = capacityAssumptions[name];
  return set[name] ?? (typeof value === 'number' ? value : value(usage));
}

/** All assumptions with their values, for the report. */
export function assumptionsInForce(set: AssumptionValues, usage: MonthlyUsage): readonly CapacityAssumption[] {
  return capacityAssumptionNames.map((name) => {
    const { description, source } = capacityAssumptions[name];
    const isSet = set[name] !== undefined;
    return {
      name,
      value: assumptionValue(name, set, usage),
      description,
      source: isSet ? 'set by the caller' : source,
      set: isSet,
    };
  });
}

/** `cdnHitRate=0.9` of the command line, or one line that says what is wrong with it. */
export function readAssumption(
  text: string,
): { readonly name: CapacityAssumptionName; readonly value: number } | { readonly problem: string } {
  const middle = text.indexOf('=');
  if (middle < 0) return { problem: `"${text}" is no assumption: write name=value, for example cdnHitRate=0.9` };
  const [given, figure] = [text.slice(0, middle).trim(), text.slice(middle + 1).trim()];
  const name = capacityAssumptionNames.find((known) => known === given);
  if (name === undefined) {
    const alike = capacityAssumptionNames.find((known) => known.toLowerCase() === given.toLowerCase());
    const allowed = alike ? `did you mean ${alike}?` : `there are ${capacityAssumptionNames.join(', ')}`;
    return { problem: `"${given}" is no assumption: ${allowed}` };
  }
  const { least, most } = capacityAssumptions[name];
  const range = `a number from ${least} to ${most.toLocaleString('en-US')}`;
  const value = /^-?\d*\.?\d+(e[+-]?\d+)?$/i.test(figure) ? Number(figure) : Number.NaN;
  if (Number.isNaN(value)) return { problem: `${name} takes ${range}, not "${figure}"` };
  if (value < least || value > most) return { problem: `${name} takes ${range}; ${figure} is outside` };
  return { name, value };
}
