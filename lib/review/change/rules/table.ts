import type { RuleTable, TypeRules } from '../finding';
import { cache } from './cache';
import { database } from './database';
import { edge } from './edge';
import { network } from './network';
import { operations } from './operations';
import { proxy } from './proxy';
import { services } from './services';
import { storageAndKeys } from './storage-and-keys';

const table: RuleTable = { ...database, ...proxy, ...cache, ...edge, ...services, ...network, ...storageAndKeys, ...operations };

export function rulesOf(type: string): TypeRules {
  return (Object.hasOwn(table, type) && (table as Readonly<Record<string, TypeRules>>)[type]) || {};
}
