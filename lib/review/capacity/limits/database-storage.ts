import { databaseSpeedSources } from '../../../facts/database-speed';
import { limits } from '../../../facts/limits';
import { figure } from '../../text/money';
import { type DatabasePart, mibpsOf } from '../database-part';
import { assumed, type Scope } from '../scope';
import { primaryTransactions } from '../traffic';
import type { Limit } from '../types';
import { atApi, type OwnLimit } from './limit-of';

/** Reads and writes of the primary's disk: what the storage has or its class moves, whichever is less. */
export function databaseStorageLimits(scope: Scope): readonly Limit[] {
  const { primary } = scope.parts;
  if (!primary) return [];
  const bursts = primary.facts?.diskBursts === true;
  return [
    iops('database-iops', primary, 'always', scope),
    ...(bursts ? [iops('database-iops-half-hour', primary, 'half an hour', scope)] : []),
    throughput(primary, scope),
  ];
}

type Holds = 'always' | 'half an hour';

function iops(id: string, primary: DatabasePart, holds: Holds, scope: Scope): Limit {
  const { storage, className, speed } = primary;
  const ofClass = bandwidth(primary, holds)?.iops;
  const own: OwnLimit = {
    id,
    part: 'database',
    title: 'reads and writes of the disk',
    duration: holds,
    informational: holds !== 'always',
    value: '',
    calculation: '',
    assumptions: [],
    sources: [],
  };
  if (storage.iops === undefined || ofClass === undefined) return unknown(own, primary, scope);

  const least = Math.min(storage.iops, ofClass);
  const ios = assumed('iosPerTransaction', scope);
  const each = primaryTransactions(scope);
  return atApi(
    {
      ...own,
      value: `${figure(least)} IOPS`,
      calculation:
        `the less of ${figure(storage.iops)} (${figure(storage.gb)} GB ${storage.type}) and ${figure(ofClass)} (${className})` +
        ` = ${figure(least)} IOPS ÷ ${figure(ios)} of a transaction ÷ (${each.calculation})`,
      assumptions: ['iosPerTransaction', ...each.assumptions],
      sources: [limits.rdsGp3Provisioned.source, databaseSpeedSources.bandwidths, ...(speed ? [databaseSpeedSources.runs] : [])],
    },
    least / ios / each.value,
    scope,
  );
}

/** KiB of a read or write, as AWS counts a class's IOPS; PostgreSQL's pages have 8. */
const kibPerIo = 16; // awsdocs/amazon-ec2-user-guide, ebs-optimized.md

function throughput(primary: DatabasePart, scope: Scope): Limit {
  const { storage, className } = primary;
  const mbps = bandwidth(primary, 'always')?.mbps;
  const own: OwnLimit = {
    id: 'database-throughput',
    part: 'database',
    title: 'throughput of the disk',
    value: '',
    calculation: '',
    assumptions: [],
    sources: [],
  };
  if (storage.mibps === undefined || mbps === undefined) return unknown(own, primary, scope);

  const ofClass = mibpsOf(mbps);
  const least = Math.min(storage.mibps, ofClass);
  const ios = assumed('iosPerTransaction', scope);
  const each = primaryTransactions(scope);
  return atApi(
    {
      ...own,
      value: `${figure(least, 1)} MiB/s`,
      calculation:
        `the less of ${figure(storage.mibps)} MiB/s (${figure(storage.gb)} GB ${storage.type}) and ${figure(ofClass, 1)} (${className}, ${figure(mbps)} Mbit/s)` +
        ` = ${figure(least, 1)} MiB/s ÷ ${kibPerIo} KiB ÷ ${figure(ios)} of a transaction ÷ (${each.calculation})`,
      assumptions: ['iosPerTransaction', ...each.assumptions],
      sources: [limits.rdsGp3Provisioned.source, databaseSpeedSources.bandwidths],
    },
    (least * 1024) / kibPerIo / ios / each.value,
    scope,
  );
}

function bandwidth({ speed }: DatabasePart, holds: Holds) {
  return holds === 'always' ? speed?.disk?.always : speed?.disk?.halfHour;
}

function unknown(own: OwnLimit, primary: DatabasePart, scope: Scope): Limit {
  const { storage, className } = primary;
  const size = storage.gb > 0 ? `${figure(storage.gb)} GB` : 'GB that the template does not say, of';
  const calculation = `not known here for ${storage.type} on ${className}`;
  return atApi({ ...own, value: `${size} ${storage.type}`, calculation }, undefined, scope);
}
