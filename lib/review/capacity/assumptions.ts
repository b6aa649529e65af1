import { runFromDisk } from '../../facts/database-speed';
import { measuredCapacity } from '../../facts/measured-capacity';
import { type QuotaName, quotas } from '../../facts/quotas';
import { type GivenUsage, type MonthlyUsage, usageNames } from '../../usage/monthly-usage';
import type { CapacityAssumption, CapacityAssumptionName } from './types';

interface AssumptionRow {
  /** A figure, or what the size's assumed month says. */
  readonly value: number | ((usage: MonthlyUsage) => number);
  /** Of a range, whose careful end is the value. */
  readonly fastEnd?: number;
  readonly description: string;
  /** A document (docs/sources.md), or a published figure. @default - `assumption` */
  readonly source?: string;
  readonly least: number;
  readonly most: number;
}

const ofMonth = 'the month (usage)';

/** What the template does not say. All assumptions are shown, and all can be overridden. */
export const capacityAssumptions: Readonly<Record<CapacityAssumptionName, AssumptionRow>> = {
  cdnHitRate: {
    value: ({ apiRequests, cdnRequests, cdnHitRate }) =>
      cdnRequests > 0 ? Math.max(0, 1 - apiRequests / cdnRequests) : cdnHitRate,
    description:
      'share of viewers’ requests that the CDN answers; the documents aim at 0.6, 0.8, 0.9 in weeks 4, 8, 16 [growth-plan]',
    source: ofMonth,
    least: 0,
    most: 0.99,
  },
  requestsPerUserPerSecond: {
    value: 0.2,
    description: 'requests to the CDN per active user',
    source: '[drop-store] AWS option: 10,000 requests/s of 50,000 users at once',
    least: 0.001,
    most: 100,
  },
  readsPerWrite: {
    value: 10,
    description: 'read requests to the API per write request',
    source: '[right-sizing] above it a replica is recommended',
    least: 0,
    most: 10_000,
  },
  transactionsPerWrite: {
    value: 1,
    description: 'transactions on the primary per write request: a reservation is one function call',
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
    description: 'queries per read that misses the cache',
    source: '[growth-plan] 1-3',
    least: 0.1,
    most: 100,
  },
  queriesPerTransaction: {
    value: 5,
    description: 'queries that cost as much as one transaction of pgbench, which has five statements, four of them writes',
    least: 1,
    most: 100,
  },
  iosPerTransaction: {
    value: Math.round((10 * runFromDisk.iops) / runFromDisk.transactionsPerSecond) / 10,
    description: 'reads and writes of the disk per transaction; fewer if the data fit in memory',
    source: `${runFromDisk.iops.toLocaleString('en-US')} IOPS ÷ ${Math.round(runFromDisk.transactionsPerSecond).toLocaleString('en-US')} transactions/s of the published run with 500 GB of data`,
    least: 0.1,
    most: 1_000,
  },
  apiCpuMicroseconds: {
    value: measuredCapacity.cpuMicroseconds.arm.careful,
    fastEnd: measuredCapacity.cpuMicroseconds.arm.fast,
    description: 'µs of CPU of a Fargate vCPU (ARM) per request to the API; your own: CPU in use × vCPU ÷ requests/s × 1,000,000',
    source: 'npm run bench (docs/capacity.md)',
    least: 1,
    most: 1e7,
  },
  cpuShare: {
    value: 0.7,
    description: 'share of the CPU in use at the documents’ warning',
    source: '[right-sizing], [scalability-report] warning at 70%',
    least: 0.05,
    most: 1,
  },
  products: {
    value: ({ products }) => products,
    description: 'products in the catalogue',
    source: ofMonth,
    least: 0,
    most: 1e9,
  },
  cacheKiBPerProduct: {
    value: 16,
    description: 'KiB in the cache per product: itself and its share of lists, searches and tags',
    least: 0.1,
    most: 10_000,
  },
  cacheKiBPerUser: {
    value: 3,
    description:
      'KiB in the cache per concurrent user: six sessions of half a KiB, for visits of ten minutes, kept an hour [drop-store], [growth-plan]',
    least: 0.1,
    most: 10_000,
  },
  cacheKiBPerRead: {
    value: ({ apiResponseKiB }) => 3 * apiResponseKiB,
    description: 'KiB per read between API and cache: three times the compressed answer',
    least: 0.1,
    most: 10_000,
  },
  jobKiB: {
    value: 4,
    description: 'memory of a job in the job cache, its keys and what it returns included',
    least: 0.1,
    most: 10_000,
  },
  natSecondsPerOrder: {
    value: 60,
    description: 'seconds that an order’s connection to the payment provider occupies a port of a NAT gateway',
    least: 0.1,
    most: 3_600,
  },
  peakFactor: {
    value: ({ peakFactor }) => peakFactor,
    description: 'orders in the busiest hour relative to the month’s mean',
    source: ofMonth,
    least: 1,
    most: 1_000,
  },
  writesPerOrder: {
    value: 22,
    description:
      'writes per order: two reservations, check-out, payment event, settlement, shipment, delivery; for each of three news five, with its e-mail',
    least: 1,
    most: 1_000,
  },
  concurrentUserShare: {
    value: ({ concurrentUserShare }) => concurrentUserShare,
    description: 'share of all users who are active at the same time',
    source: ofMonth,
    least: 0.0001,
    most: 1,
  },
  dropUnits: {
    value: ({ dropUnits }) => dropUnits,
    description: 'units in a drop, sold one after the other because they are one row',
    source: ofMonth,
    least: 1,
    most: 1e6,
  },
  commitSeconds: {
    value: 0.005,
    description: 'seconds per commit that the standby in another zone confirms',
    least: 0.0001,
    most: 1,
  },
  fargateVcpuQuota: quotaRow('fargateVcpu'),
  fargateSpotVcpuQuota: quotaRow('fargateSpotVcpu'),
  elasticIpsQuota: quotaRow('elasticIps'),
  networkInterfacesQuota: quotaRow('networkInterfaces'),
  balancerTargetsQuota: quotaRow('balancerTargets'),
  vpcsQuota: quotaRow('vpcs'),
  natGatewaysPerZoneQuota: quotaRow('natGatewaysPerZone'),
  databaseInstancesQuota: quotaRow('databaseInstances'),
  databaseStorageGbQuota: quotaRow('databaseStorageGb'),
  cacheNodesQuota: quotaRow('cacheNodes'),
  distributionsQuota: quotaRow('distributions'),
  vpcOriginsQuota: quotaRow('vpcOrigins'),
  emailsPerSecondQuota: quotaRow('emailsPerSecond'),
  emailsPerDayQuota: quotaRow('emailsPerDay'),
};

function quotaRow(name: QuotaName): AssumptionRow {
  const { title, default: value, source, region } = quotas[name];
  const where = region === undefined ? ' in the region' : '';
  return { value, description: `the account’s quota: ${title}${where}`, source, least: 0, most: 1e6 };
}

export const capacityAssumptionNames = Object.keys(capacityAssumptions) as CapacityAssumptionName[];

export type AssumptionValues = Partial<Readonly<Record<CapacityAssumptionName, number>>>;

/** The effective value: the caller's, or the default. */
export function assumptionValue(name: CapacityAssumptionName, overrides: AssumptionValues, usage: MonthlyUsage): number {
  const { value } = capacityAssumptions[name];
  return overrides[name] ?? (typeof value === 'number' ? value : value(usage));
}

/** Those that are figures of a month: they change its bill as well. */
export function usageAmong(values: AssumptionValues = {}): GivenUsage {
  return Object.fromEntries(usageNames.flatMap((name) => (name in values ? [[name, (values as GivenUsage)[name]]] : [])));
}

/** All assumptions with their effective values, for the report. */
export function assumptionsInForce(overrides: AssumptionValues, usage: MonthlyUsage): readonly CapacityAssumption[] {
  return capacityAssumptionNames.map((name) => {
    const { description, source = 'assumption', fastEnd } = capacityAssumptions[name];
    const overridden = overrides[name] !== undefined;
    return {
      name,
      value: assumptionValue(name, overrides, usage),
      ...(fastEnd !== undefined && !overridden && { fastEnd }),
      description,
      source: overridden ? 'set with --assume' : source,
      overridden,
    };
  });
}

/** Parses `cdnHitRate=0.9`; a problem is one line. */
export function readAssumption(
  text: string,
): { readonly name: CapacityAssumptionName; readonly value: number } | { readonly problem: string } {
  const middle = text.indexOf('=');
  if (middle < 0) return { problem: `"${text}" is not an assumption: write name=value, for example cdnHitRate=0.9` };
  const [given, figure] = [text.slice(0, middle).trim(), text.slice(middle + 1).trim()];
  const name = capacityAssumptionNames.find((known) => known === given);
  if (name === undefined) {
    const alike = capacityAssumptionNames.find((known) => known.toLowerCase() === given.toLowerCase());
    const allowed = alike ? `did you mean ${alike}?` : `allowed are ${capacityAssumptionNames.join(', ')}`;
    return { problem: `"${given}" is not an assumption: ${allowed}` };
  }
  const { least, most } = capacityAssumptions[name];
  const range = `a number from ${least} to ${most.toLocaleString('en-US')}`;
  const value = /^-?\d*\.?\d+(e[+-]?\d+)?$/i.test(figure) ? Number(figure) : Number.NaN;
  if (Number.isNaN(value)) return { problem: `${name} must be ${range}, not "${figure}"` };
  if (value < least || value > most) return { problem: `${name} must be ${range}, not ${figure}` };
  return { name, value };
}
