import { databaseSpeedSources } from '../../../facts/database-speed';
import { limits } from '../../../facts/limits';
import { kibPerIo } from '../../../facts/storage-throughput';
import { figure } from '../../text/money';
import { type DatabasePart, mibpsOf } from '../database-part';
import { assumed, type Scope } from '../scope';
import { primaryTransactions } from '../traffic';
import type { Limit } from '../types';
import { atApi, type OwnLimit } from './limit-of';

/** Reads and writes of the primary's disk: the storage's limit or that of its class, whichever is less. */
export function databaseStorageLimits(scope: Scope): readonly Limit[] {
  const { primary } = scope.parts;
  if (!primary) return [];
  const { always, halfHour } = primary.speed?.disk ?? {};
  const title = 'reads and writes of the disk';
  return [
    iops({ id: 'database-iops', part: 'database', title }, primary, always?.iops, scope),
    ...(primary.facts?.diskBursts
      ? [
          iops(
            { id: 'database-iops-half-hour', part: 'database', title, duration: 'half an hour', informational: true },
            primary,
            halfHour?.iops,
            scope,
          ),
        ]
      : []),
    throughput(primary, always?.mbps, scope),
  ];
}

function iops(limit: OwnLimit, primary: DatabasePart, ofClass: number | undefined, scope: Scope): Limit {
  const { storage, className, speed } = primary;
  if (storage.iops === undefined || ofClass === undefined) return unknown(limit, primary, scope);
  const least = Math.min(storage.iops, ofClass);
  const figures = {
    value: `${figure(least)} IOPS`,
    calculation: `min(${figure(storage.iops)} (${figure(storage.gb)} GB ${storage.type}), ${figure(ofClass)} (${className})) = ${figure(least)} IOPS`,
    sources: [limits.rdsGp3Provisioned.source, databaseSpeedSources.bandwidths, ...(speed ? [databaseSpeedSources.runs] : [])],
  };
  return atDisk({ ...limit, ...figures }, least, scope);
}

function throughput(primary: DatabasePart, mbps: number | undefined, scope: Scope): Limit {
  const { storage, className } = primary;
  const limit: OwnLimit = { id: 'database-throughput', part: 'database', title: 'throughput of the disk' };
  if (storage.mibps === undefined || mbps === undefined) return unknown(limit, primary, scope);
  const ofClass = mibpsOf(mbps);
  const least = Math.min(storage.mibps, ofClass);
  const figures = {
    value: `${figure(least, 1)} MiB/s`,
    calculation:
      `min(${figure(storage.mibps)} MiB/s (${figure(storage.gb)} GB ${storage.type}), ${figure(ofClass, 1)} (${className}, ${figure(mbps)} Mbit/s))` +
      ` = ${figure(least, 1)} MiB/s ÷ ${kibPerIo} KiB`,
    sources: [limits.rdsGp3Provisioned.source, databaseSpeedSources.bandwidths],
  };
  return atDisk({ ...limit, ...figures }, (least * 1024) / kibPerIo, scope);
}

/** A limit on the reads and writes of the disk per second. */
function atDisk(limit: OwnLimit, perSecond: number, scope: Scope): Limit {
  const ios = assumed('iosPerTransaction', scope);
  const each = primaryTransactions(scope);
  return atApi(
    {
      ...limit,
      calculation: `${limit.calculation} ÷ ${figure(ios)} per transaction ÷ (${each.calculation})`,
      assumptions: ['iosPerTransaction', ...each.assumptions],
    },
    perSecond / ios / each.value,
    scope,
  );
}

function unknown(limit: OwnLimit, { storage, className }: DatabasePart, scope: Scope): Limit {
  const value = storage.gb > 0 ? `${figure(storage.gb)} GB ${storage.type}` : `${storage.type}, size not in the template`;
  return atApi({ ...limit, value, calculation: `not known for ${storage.type} on ${className}` }, undefined, scope);
}
