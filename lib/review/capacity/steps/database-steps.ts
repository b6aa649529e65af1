import { nextDatabaseClass } from '../../../../alarms/assessment/advice/next-values';
import { databaseClassSoldIn } from '../../../facts/database-classes';
import { databaseSpeed } from '../../../facts/database-speed';
import { limits } from '../../../facts/limits';
import { throughputOf } from '../../../facts/storage-throughput';
import type { CloudFormationResource } from '../../../template/template';
import { withProperties } from '../../../template/with-properties';
import { mergedOverrides } from '../../../tiers/overrides';
import { figure } from '../../text/money';
import { type DatabasePart, mibpsOf } from '../database-part';
import type { Parts } from '../store-parts';
import type { PartChange } from './change';

/** For primary and replicas alike: a store has one class. */
export function nextClass({ primary, replicas }: Parts, region: string): PartChange | undefined {
  const next = primary && nextDatabaseClass(primary.className);
  if (!primary || !next || !databaseClassSoldIn(next, region)) return undefined;
  return {
    apply: withProperties(idsOf(primary, replicas), { DBInstanceClass: next }),
    what: 'class of the database',
    from: primary.className,
    to: next,
    settings: { database: { instanceClass: next } },
  };
}

const idsOf = (primary: DatabasePart, replicas: readonly DatabasePart[]): readonly string[] =>
  [primary, ...replicas].map(({ instance }) => instance.id);

/** More of the storage if it is what is too slow, else the next class, with as many IOPS as that one moves. */
export function fasterDisk(parts: Parts, region: string): PartChange | undefined {
  const { primary } = parts;
  const disk = primary?.speed?.disk?.always;
  if (!primary || !disk) return undefined;
  const { iops = 0, mibps = 0 } = primary.storage;
  const slowStorage = iops < disk.iops || mibps < mibpsOf(disk.mbps);
  const storage = slowStorage ? (provisionedStorage(parts) ?? moreIops(parts, disk.iops)) : undefined;
  return storage ?? classWithIops(parts, region);
}

/** Both at once where neither helps alone. */
function classWithIops(parts: Parts, region: string): PartChange | undefined {
  const next = nextClass(parts, region);
  const moves = next && databaseSpeed(next.to)?.disk?.always.iops;
  const storage = moves === undefined ? undefined : moreIops(parts, moves);
  if (!next || !storage) return next;
  return {
    apply: (template) => storage.apply(next.apply(template)),
    what: `${next.what}, with the IOPS that it moves,`,
    from: next.from,
    to: `${next.to} and ${storage.to} IOPS`,
    settings: mergedOverrides([next.settings, storage.settings]),
  };
}

/** Provisioned IOPS of gp3, as many as the class moves; undefined where the storage has them, or cannot. */
function moreIops({ primary, replicas }: Parts, wanted: number): PartChange | undefined {
  const { fromGb, mostIops, throughputMiBps } = limits.rdsGp3Provisioned;
  const { gb, type, iops = 0, mibps = 0 } = primary?.storage ?? { gb: 0, type: '' };
  const to = Math.min(mostIops, wanted);
  if (!primary || type !== 'gp3' || gb < fromGb || to <= iops) return undefined;
  const throughput = Math.max(throughputMiBps, mibps, throughputOf(to));
  return {
    apply: withProperties(idsOf(primary, replicas), { Iops: to, StorageThroughput: throughput }),
    what: 'IOPS of the storage',
    from: figure(iops),
    to: figure(to),
    settings: { database: { iops: to } },
  };
}

/** From 400 GB gp3 has four times the IOPS. */
function provisionedStorage({ primary, replicas }: Parts): PartChange | undefined {
  const { fromGb, iops, throughputMiBps } = limits.rdsGp3Provisioned;
  if (!primary || primary.storage.type !== 'gp3' || primary.storage.gb >= fromGb) return undefined;
  const storage = { AllocatedStorage: String(fromGb), Iops: iops, StorageThroughput: throughputMiBps };
  return {
    apply: withProperties(idsOf(primary, replicas), storage),
    what: 'GB of storage (RDS copies all data)',
    from: figure(primary.storage.gb),
    to: figure(fromGb),
    settings: { database: { storageGb: fromGb } },
  };
}

/** A copy of the last one; the small cost of its alarms is not counted. */
export function anotherReplica({ replicas }: Parts): PartChange | undefined {
  const last = replicas.at(-1)?.instance.id;
  const count = replicas.length + 1;
  if (last === undefined || count > limits.rdsReadReplicas.most) return undefined;
  return {
    apply: (template) => {
      const copy = template.Resources?.[last] as CloudFormationResource;
      return { ...template, Resources: { ...template.Resources, [`${last}Then${count}`]: copy } };
    },
    what: 'read replicas',
    from: figure(replicas.length),
    to: figure(count),
    settings: { database: { readReplicas: count } },
  };
}
