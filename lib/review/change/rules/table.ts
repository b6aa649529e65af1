import type { RuleTable, TypeRules } from '../finding';
import { cache } from './cache';
import { database } from './database';
import { edge } from './edge';
import { network } from './network';
import { minorTypes } from './noise';
import { notices } from './notices';
import { operations } from './operations';
import { services } from './services';
import { storageAndKeys } from './storage-and-keys';

const table: RuleTable = {
  ...database,
  ...cache,
  ...edge,
  ...services,
  ...network,
  ...storageAndKeys,
  ...operations,
  ...notices,
};

/** Whether there is a rule for resources of the type. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(table, type) || Object.hasOwn(minorTypes, type);
}

export function rulesOf(type: string): TypeRules {
  return (Object.hasOwn(table, type) && (table as Readonly<Record<string, TypeRules>>)[type]) || {};
}
