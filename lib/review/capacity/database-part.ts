import { databaseClass } from '../../facts/database-classes';
import { databaseSpeed } from '../../facts/database-speed';
import { limits } from '../../facts/limits';
import { instanceClass, storageGb } from '../../template/database';
import type { Resource } from '../../template/template';

/** An instance of RDS as its template has it; a replica has from its source what it does not say. */
export interface DatabasePart {
  readonly instance: Resource;
  readonly className: string;
  /** undefined for a class that is not known. */
  readonly facts: ReturnType<typeof databaseClass>;
  readonly speed: ReturnType<typeof databaseSpeed>;
  readonly storage: Storage;
}

export interface Storage {
  readonly gb: number;
  /** As `gp3`. */
  readonly type: string;
  /** Without end; undefined for a type that nobody knows here. */
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

/** 1,000 Mbit/s are as many MiB/s. */
export function mibpsOf(mbps: number): number {
  return (mbps * 1e6) / 8 / 1024 ** 2;
}

function storageOf(instance: Resource): Storage {
  const source = instance.references('SourceDBInstanceIdentifier')[0];
  const type = (instance.text('StorageType') ?? source?.text('StorageType') ?? 'gp2').toLowerCase(); // what RDS takes where a template says nothing
  const gb = storageGb(instance);
  const given = { iops: numberOf('Iops'), mibps: numberOf('StorageThroughput') };
  return { gb, type, ...performance(type, gb, given) };

  function numberOf(path: string): number | undefined {
    return instance.number(path) ?? source?.number(path);
  }
}

type Performance = Pick<Storage, 'iops' | 'mibps'>;

function performance(type: string, gb: number, given: Performance): Performance {
  if (!(gb > 0)) return given; // the template does not say how large
  const { rdsGp2, rdsGp3Included, rdsGp3Provisioned } = limits;
  if (type === 'gp3') {
    const included = gb < rdsGp3Provisioned.fromGb ? rdsGp3Included : rdsGp3Provisioned;
    return { iops: given.iops ?? included.iops, mibps: given.mibps ?? included.throughputMiBps };
  }
  if (type === 'gp2') {
    const iops = Math.min(rdsGp2.mostIops, Math.max(rdsGp2.leastIops, gb * rdsGp2.iopsPerGb));
    return { iops, mibps: rdsGp2.throughputMiBps };
  }
  return { iops: given.iops, mibps: undefined };
}
