import { cpu } from '../../../alarms/thresholds';
import { runFromDisk } from '../../facts/database-speed';
import { measuredCapacity } from '../../facts/measured-capacity';
import { type QuotaName, quotas } from '../../facts/quotas';
import type { UncertainRange } from '../../usage/figure';
import { type GivenUsage, type MonthlyUsage, usageNames } from '../../usage/monthly-usage';
import { endsWithin } from '../../usage/uncertainty';
import type { CapacityAssumption, CapacityAssumptionName } from './types';

interface AssumptionRow {
  /** A figure, or what the size's assumed month says. */
  readonly value: number | ((usage: MonthlyUsage) => number);
  readonly description: string;
  /** A document (docs/sources.md), or a published figure. @default - `assumption` */
  readonly source?: string;
  /** How far off it may be. @default - it is AWS's, or a figure of the month, which lib/usage has with its range */
  readonly range?: UncertainRange;
  readonly least: number;
  readonly most: number;
}

const ofMonth = 'the month (usage)';
const ofArm = measuredCapacity.cpuMicroseconds.arm;

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
    range: { times: [0.5, 5], why: 'who reads a page asks for nothing; the documents’ load test has 1 a second' },
    least: 0.001,
    most: 100,
  },
  readsPerWrite: {
    value: 10,
    description: 'read requests to the API per write request',
    source: '[right-sizing] above it a replica is recommended',
    range: { times: [0.5, 5], why: 'a drop is bought, a catalogue is looked at; nobody has measured a store' },
    least: 0,
    most: 10_000,
  },
  transactionsPerWrite: {
    value: 1,
    description: 'transactions on the primary per write request: a reservation is one function call',
    range: { times: [1, 2], why: 'a write that lasts needs one; a program of your own may need more' },
    least: 0.1,
    most: 100,
  },
  cacheHitRate: {
    value: 0.8,
    description: 'share of reads that the cache answers',
    source: '[drop-store], [growth-plan]',
    range: { times: [0.75, 1.125], why: 'the documents go from 0.6 in week 4 to 0.9 in week 16 [growth-plan]' },
    least: 0,
    most: 1,
  },
  queriesPerRead: {
    value: 2,
    description: 'queries per read that misses the cache',
    source: '[growth-plan] 1-3',
    range: { times: [0.5, 1.5], why: 'the documents say 1 to 3' },
    least: 0.1,
    most: 100,
  },
  queriesPerTransaction: {
    value: 5,
    description: 'queries that cost as much as one transaction of pgbench, which has five statements, four of them writes',
    range: {
      times: [0.4, 4],
      why: 'a row by its key costs less than a write, a search or a long list more; nobody has measured a store',
    },
    least: 1,
    most: 100,
  },
  iosPerTransaction: {
    value: Math.round((10 * runFromDisk.iops) / runFromDisk.transactionsPerSecond) / 10,
    description: 'reads and writes of the disk per transaction; fewer if the data fit in memory',
    source: `${runFromDisk.iops.toLocaleString('en-US')} IOPS ÷ ${Math.round(runFromDisk.transactionsPerSecond).toLocaleString('en-US')} transactions/s of the published run with 500 GB of data`,
    range: { times: [0.3, 1.5], why: 'at the least the write of the commit; more indexes write more' },
    least: 0.1,
    most: 1_000,
  },
  apiCpuMicroseconds: {
    value: ofArm.careful,
    description: 'µs of CPU of a Fargate vCPU (ARM) per request to the API; your own: CPU in use × vCPU ÷ requests/s × 1,000,000',
    source: 'npm run bench (docs/capacity.md)',
    range: {
      times: [ofArm.fast / ofArm.careful, 1],
      why: 'nobody has measured Fargate: both ends follow from published kernels',
    },
    least: 1,
    most: 1e7,
  },
  cpuShare: {
    value: 0.7,
    description: 'share of the CPU in use at the documents’ warning',
    source: '[right-sizing], [scalability-report] warning at 70%',
    range: {
      times: [0.7, cpu.critical / cpu.warning],
      why: 'answers may be late before the warning; the documents’ critical level is 90%',
    },
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
    range: { times: [0.25, 4], why: 'short or long descriptions, few or many lists; nobody has measured a store' },
    least: 0.1,
    most: 10_000,
  },
  cacheKiBPerUser: {
    value: 3,
    description:
      'KiB in the cache per concurrent user: six sessions of half a KiB, for visits of ten minutes, kept an hour [drop-store], [growth-plan]',
    range: { times: [0.3, 3], why: 'fewer or more visits in the hour that a session is kept' },
    least: 0.1,
    most: 10_000,
  },
  cacheKiBPerRead: {
    value: ({ apiResponseKiB }) => 3 * apiResponseKiB,
    description: 'KiB per read between API and cache: three times the compressed answer',
    range: { times: [2 / 3, 2], why: 'an answer is compressed to a half or to a sixth' },
    least: 0.1,
    most: 10_000,
  },
  jobKiB: {
    value: 4,
    description: 'memory of a job in the job cache, its keys and what it returns included',
    range: { times: [0.25, 25], why: 'a number, or a document of 100 KiB' },
    least: 0.1,
    most: 10_000,
  },
  natSecondsPerOrder: {
    value: 60,
    description: 'seconds that an order’s connection to the payment provider occupies a port of a NAT gateway',
    range: { times: [0.1, 3], why: 'a connection that serves several orders, or a provider that answers late' },
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
    range: { times: [0.32, 1.5], why: 'customers who want no news of their order, or baskets of ten products' },
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
    range: { times: [0.4, 2], why: 'how far the zones are apart; nobody has measured it' },
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

/** Source of an API's own figure: what its makers measured. */
export const appMeasurement = 'setting appCapacity (npm run measure)';

/**
 * All assumptions with their effective values, for the report.
 * @param measuredMicroseconds of an API of somebody's own; undefined: it has none
 */
export function assumptionsInForce(
  overrides: AssumptionValues,
  usage: MonthlyUsage,
  measuredMicroseconds?: number,
): readonly CapacityAssumption[] {
  const measured = measuredMicroseconds === undefined ? {} : { apiCpuMicroseconds: measuredMicroseconds };
  return capacityAssumptionNames.map((name) => {
    const value = assumptionValue(name, { ...measured, ...overrides }, usage);
    const { description } = capacityAssumptions[name];
    if (overrides[name] !== undefined) return { name, value, description, source: 'set with --assume', overridden: true };
    if (name in measured) return { name, value, description, source: appMeasurement, overridden: false };
    return { name, value, description, ...uncertainty(name, value), overridden: false };
  });
}

function uncertainty(name: CapacityAssumptionName, value: number): Pick<CapacityAssumption, 'fastEnd' | 'source' | 'range'> {
  const row = capacityAssumptions[name];
  const { source = 'assumption', range } = row;
  if (range === undefined) return { source };
  const ends = endsWithin(row, value);
  return { ...(name === 'apiCpuMicroseconds' && { fastEnd: ends.low }), source, range: { ...ends, why: range.why } };
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
