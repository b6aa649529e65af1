import { compute } from './compute';
import { database } from './database';
import { edge } from './edge';
import type { Entry, EntryTable } from './entry';
import { messaging } from './messaging';
import { network } from './network';
import { observability } from './observability';
import { security } from './security';
import { storage } from './storage';

/** One entry for each type of resource: a rule that prices it, or why it costs nothing. */
export const costTable: EntryTable = {
  ...network,
  ...compute,
  ...database,
  ...storage,
  ...messaging,
  ...edge,
  ...security,
  ...observability,
};

/** Whether the table has a row for a type: it has one for every type of the store itself. */
export const isKnownType = (type: string): boolean => entryOf(type) !== undefined;

export function entryOf(type: string): Entry | undefined {
  return Object.hasOwn(costTable, type) ? (costTable as Readonly<Record<string, Entry>>)[type] : undefined;
}
