import { databaseClass } from '../../facts/database-classes';
import { databaseSpeed } from '../../facts/database-speed';
import { limits } from '../../facts/limits';
import { inherited, instanceClass, storageGb } from '../../template/database';
import type { Resource } from '../../template/template';

/** An RDS instance as its template has it; a replica inherits missing values from its source. */
export interface DatabasePart {
  readonly instance: Resource;
  readonly className: string;
  /** undefined for an unknown class. */
  readonly facts: ReturnType<typeof databaseClass>;
  readonly speed: ReturnType<typeof databaseSpeed>;
  readonly storage: Storage;
}

interface Storage {
  readonly gb: number;
  /** As `gp3`. */
  readonly type: string;
  /** Sustained; undefined for another type than gp3, or for an unknown size. */
  readonly iops: number | undefined;
  readonly mibps: number | undefined;
}

export function databasePart(instance: Resource): DatabasePart {
  const className = instanceClass(instance);
  return {
    instance,
    className,
    facts: databaseClass(className),
    speed: databaseSpeed(className),
    storage: storageOf(instance),
  };
}

/** 1,000 Mbit/s are 119.2 MiB/s. */
export function mibpsOf(mbps: number): number {
  return (mbps * 1e6) / 8 / 1024 ** 2;
}

function storageOf(instance: Resource): Storage {
  const type = inherited(instance, 'StorageType') ?? 'gp2'; // RDS's default
  const gb = storageGb(instance);
  if (type !== 'gp3' || !(gb > 0)) return { gb, type, iops: undefined, mibps: undefined };
  const included = gb < limits.rdsGp3Provisioned.fromGb ? limits.rdsGp3Included : limits.rdsGp3Provisioned;
  return {
    gb,
    type,
    iops: Number(inherited(instance, 'Iops') ?? included.iops),
    mibps: Number(inherited(instance, 'StorageThroughput') ?? included.throughputMiBps),
  };
}
