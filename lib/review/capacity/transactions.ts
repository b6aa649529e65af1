import { databaseSpeedSources, publishedRuns, publishedTransactions } from '../../facts/database-speed';
import { figure } from '../text/money';
import type { DatabasePart } from './database-part';
import type { Limit } from './types';

/** Transactions of pgbench per second of an instance with all its CPU, without waiting for credits. */
export interface InstanceRate extends Pick<Limit, 'calculation' | 'sources'> {
  readonly value: number;
  readonly vcpu: number;
}

/** undefined for an unknown class. */
export function instanceRate(part: DatabasePart): InstanceRate | undefined {
  const { className, facts, speed } = part;
  if (!facts || !speed) return undefined;
  const published = publishedTransactions(facts.vcpu);
  return {
    value: published * speed.cpu,
    vcpu: facts.vcpu,
    calculation: `${figure(published, 0)} (${origin(facts.vcpu)})${speed.cpu === 1 ? '' : ` × ${figure(speed.cpu)} (${speed.processor})`}`,
    sources: [
      databaseSpeedSources.runs,
      ...(speed.cpu === 1 ? [] : [databaseSpeedSources.cpuSpeed]),
      `vCPU of ${className}: lib/facts/database-classes.json`,
    ],
  };
}

function origin(vcpu: number): string {
  const { fewer, more } = publishedRuns;
  const run = [fewer, more].find((one) => one.vcpu === vcpu);
  const runs = `${figure(fewer.transactionsPerSecond, 0)} on ${fewer.vcpu} and ${figure(more.transactionsPerSecond, 0)} on ${more.vcpu} vCPU`;
  if (run) return `published for ${vcpu} vCPU, ${run.instanceClass}`;
  if (vcpu < fewer.vcpu) return `extrapolated: ${vcpu} ÷ ${fewer.vcpu} of ${figure(fewer.transactionsPerSecond, 0)}`;
  if (vcpu > more.vcpu) return `as ${more.vcpu} vCPU: no more is published`;
  return `${vcpu} vCPU, on the log-log line from ${runs}`;
}
