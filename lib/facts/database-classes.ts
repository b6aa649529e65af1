import facts from './database-classes.json';
import { limits } from './limits';

interface DatabaseClass {
  readonly name: string;
  readonly family: string;
  readonly vcpu: number;
  readonly memoryGiB: number;
  /** Bytes left below which its memory is short; undefined: a share of it is, as the documents and AWS have it. */
  readonly memoryFloor: { readonly warning: number; readonly critical: number } | undefined;
  /** Connections that PostgreSQL admits by default. */
  readonly maxConnections: number;
  /** Whether somebody has seen it with as much memory; otherwise it is derived from classes with less. */
  readonly maxConnectionsSeen: boolean;
  /** CPU credits that it saves at the most; undefined where the class does not burst. */
  readonly cpuCredits: number | undefined;
  /** vCPU in use at which a burstable class earns as many credits as it spends; a credit is a minute of a vCPU. */
  readonly baselineVcpu: number | undefined;
  /** Whether its disk bandwidth bursts above a baseline. */
  readonly diskBursts: boolean;
}

interface Family {
  readonly family: string;
  readonly sizes: Readonly<Record<string, readonly number[]>>;
  readonly onlyIn?: readonly string[];
  readonly notIn?: readonly string[];
}

const families: readonly Family[] = facts.families;
const cpuCredits: Readonly<Record<string, number>> = facts.cpuCredits;

/** Where the figures of `maxConnections` come from. */
export const maxConnectionsSources: readonly string[] = [limits.rdsMaxConnections.source, facts.sources.connections.text];

/** Classes that RDS has for PostgreSQL 17 and 18, one family after the other. */
export const databaseClassNames: readonly string[] = families.flatMap(({ family, sizes }) =>
  Object.keys(sizes).map((size) => `${family}.${size}`),
);

export function databaseClass(name: string): DatabaseClass | undefined {
  const { family, size } = split(name);
  const [vcpu, memoryGiB] = (family && Object.hasOwn(family.sizes, size) && family.sizes[size]) || [];
  if (!family || vcpu === undefined || memoryGiB === undefined) return undefined;
  const credits = family.family.startsWith('db.t') ? cpuCredits[size] : undefined;
  return {
    name,
    family: family.family,
    vcpu,
    memoryGiB,
    memoryFloor: memoryFloor(memoryGiB),
    ...maxConnections(memoryGiB),
    cpuCredits: credits,
    baselineVcpu: credits === undefined ? undefined : credits / (24 * 60), // it saves the credits of a day
    diskBursts: facts.diskBursts.includes(size),
  };
}

/** Whether the price list has the class in the region; a list can be older than AWS's offer. */
export function databaseClassSoldIn(name: string, region: string): boolean {
  const { family } = split(name);
  if (!family) return false;
  return family.onlyIn ? family.onlyIn.includes(region) : !family.notIn?.includes(region);
}

/** The class of the same size that the region sells: of the same kind (db.m8g → db.m7g) and on Graviton where there is one. */
export function databaseClassInstead(name: string, region: string): string {
  const { family, size } = split(name);
  const kind = family?.family.slice(0, 'db.m'.length) ?? '';
  const sold = families
    .filter((other) => Object.hasOwn(other.sizes, size) && !other.family.endsWith('d')) // no local disks
    .map((other) => `${other.family}.${size}`)
    .filter((other) => databaseClassSoldIn(other, region))
    .toReversed(); // newest first
  const alike = sold.filter((other) => other.startsWith(kind));
  return alike.find((other) => /g[.]/.test(other)) ?? alike[0] ?? sold[0] ?? 'db.m6g.large';
}

function split(name: string): { family: Family | undefined; size: string } {
  const dot = name.lastIndexOf('.');
  return { family: families.find(({ family }) => family === name.slice(0, dot)), size: name.slice(dot + 1) };
}

/** The system and PostgreSQL take all but a tenth of one GiB on an idle day: a quarter is never free. */
function memoryFloor(memoryGiB: number): DatabaseClass['memoryFloor'] {
  const { classGiB, warningMiB, criticalMiB } = limits.rdsOneGiBMemory;
  return memoryGiB > classGiB ? undefined : { warning: warningMiB * 1024 ** 2, critical: criticalMiB * 1024 ** 2 };
}

/** As seen on the largest memory up to the class's, and in proportion beyond it. */
function maxConnections(memoryGiB: number): Pick<DatabaseClass, 'maxConnections' | 'maxConnectionsSeen'> {
  const [gib, seen] = (facts.connections as [gib: number, seen: number][]).findLast(([least]) => least <= memoryGiB) ?? [1, 0];
  return {
    maxConnections: Math.min(limits.rdsMaxConnections.most, Math.floor((seen * memoryGiB) / gib)),
    maxConnectionsSeen: gib === memoryGiB,
  };
}
