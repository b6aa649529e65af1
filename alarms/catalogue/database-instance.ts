import { physicalNames } from '../../lib/config/physical-names';
import type { StoreConfig } from '../../lib/config/store-config';
import { databaseClass } from '../../lib/facts/database-classes';
import type { Metric, Part, Unit } from '../definition';
import { awsMetric, type Rule } from './rule';

/** An instance of PostgreSQL: the primary, or one of its replicas. */
export interface Instance {
  readonly part: Part;
  /** Prefix of its rules. */
  readonly kind: 'database' | 'replica';
  readonly name: string;
  readonly number?: string;
  readonly identifier: string;
  readonly className: string;
}

export function primary({ name, database }: StoreConfig): Instance {
  const identifier = physicalNames(name).databaseInstance;
  return { part: 'database', kind: 'database', name: 'Database', identifier, className: database.instanceClass };
}

export function replica({ name, database }: StoreConfig, number: number): Instance {
  const identifier = physicalNames(name).databaseReplica(number);
  return {
    part: 'replicas',
    kind: 'replica',
    name: 'Replica',
    number: String(number),
    identifier,
    className: database.instanceClass,
  };
}

export function common({ kind, part, number }: Instance, what: string): Pick<Rule, 'rule' | 'part' | 'instance'> {
  return { rule: `${kind}-${what}`, part, ...(number !== undefined && { instance: number }) };
}

export function metric({ identifier }: Instance, name: string, statistic: string, unit: Unit): Metric {
  return awsMetric('AWS/RDS', name, statistic, unit, { DBInstanceIdentifier: identifier });
}

export function classOf(name: string): NonNullable<ReturnType<typeof databaseClass>> {
  const known = databaseClass(name);
  if (!known) throw new Error(`${name} is in lib/config's list of classes and not in lib/facts`);
  return known;
}
