import facts from './database-speed.json';

/** Where the figures of this file come from. */
export const databaseSpeedSources = facts.sources;

interface PublishedRun {
  readonly instanceClass: string;
  readonly vcpu: number;
  /** Mean of its repetitions. */
  readonly transactionsPerSecond: number;
}

/** Runs with data that mostly fit in memory, by vCPU, ascending. */
const [fewer, more] = facts.runs.map(published) as [PublishedRun, PublishedRun];
export const publishedRuns = { fewer, more };

/** The run whose data did not fit in memory: every transaction waited for the disk, of which all IOPS were used. */
export const runFromDisk = { ...published(facts.runFromDisk), iops: facts.runFromDisk.iops };

interface DiskBandwidth {
  readonly mbps: number;
  readonly iops: number;
}

interface DatabaseSpeed {
  /** Of a vCPU, against that of the published runs. */
  readonly cpu: number;
  readonly processor: string;
  /** Between instance and disk, without end and for 30 minutes a day; undefined where nobody published it. */
  readonly disk: { readonly always: DiskBandwidth; readonly halfHour: DiskBandwidth } | undefined;
}

/** undefined for a family that is not known. */
export function databaseSpeed(name: string): DatabaseSpeed | undefined {
  const dot = name.lastIndexOf('.');
  const family = name.slice(0, dot);
  const found = facts.cpuSpeed.find(({ families }) => families.includes(family));
  return found && { cpu: found.speed, processor: found.processor, disk: disk(family, name.slice(dot + 1)) };
}

function disk(family: string, size: string): DatabaseSpeed['disk'] {
  const sizes: Readonly<Record<string, readonly number[]>> =
    facts.bandwidths.find(({ families }) => families.includes(family))?.sizes ?? {};
  const [mbps, iops, mostMbps, mostIops] = (Object.hasOwn(sizes, size) && sizes[size]) || [];
  if (mbps === undefined || iops === undefined || mostMbps === undefined || mostIops === undefined) return undefined;
  return { always: { mbps, iops }, halfHour: { mbps: mostMbps, iops: mostIops } };
}

/**
 * Transactions of pgbench a second on so many vCPU of the runs' kind: log-log interpolation between the two published
 * runs; linear below the smaller one; capped at the larger one, since nobody published more.
 */
export function publishedTransactions(vcpu: number): number {
  if (vcpu <= fewer.vcpu) return (fewer.transactionsPerSecond * vcpu) / fewer.vcpu;
  if (vcpu >= more.vcpu) return more.transactionsPerSecond;
  const slope = Math.log(more.transactionsPerSecond / fewer.transactionsPerSecond) / Math.log(more.vcpu / fewer.vcpu);
  return fewer.transactionsPerSecond * (vcpu / fewer.vcpu) ** slope;
}

function published({ instanceClass, vcpu, transactionsPerSecond: each }: (typeof facts.runs)[number]): PublishedRun {
  return { instanceClass, vcpu, transactionsPerSecond: each.reduce((sum, value) => sum + value, 0) / each.length };
}
