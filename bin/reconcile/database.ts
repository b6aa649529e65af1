import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { ReconcileError } from '../../lib/reconcile/reconcile-error';

/** Rows of a query. */
export type Query = (sql: string) => Promise<readonly Record<string, unknown>[]>;

/**
 * What DuckDB may hold in memory; what is more goes to a folder that is removed at the end. The process has a few hundred MB of its own,
 * and the measured target is 1 GiB in all: `npm run bench -- reconcile`.
 */
const memoryLimit = '512MB';

/** More threads hold more of a file at once. */
const mostThreads = 4;

export interface Database {
  readonly query: Query;
  /** Also removes the folder. */
  readonly close: () => void;
}

/** A database of its own, which knows no network: extensions are neither fetched nor loaded. */
export async function openDatabase(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'reconcile-'));
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memoryLimit,
    temp_directory: folder,
    threads: String(Math.min(mostThreads, availableParallelism())),
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  return {
    query: queryOf(connection),
    close: () => {
      connection.closeSync();
      instance.closeSync();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const queryOf =
  (connection: DuckDBConnection): Query =>
  async (sql) => {
    try {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJson();
    } catch (error) {
      throw new ReconcileError(reasonOf(error));
    }
  };

/** What is wrong with a file, without DuckDB's advice on options of its own. */
function reasonOf(error: unknown): string {
  const text = String(error);
  const [, file] = /^ {2}file ?= ?(.+)$/m.exec(text) ?? [];
  const [, line] = /CSV Error on Line: (\d+)/.exec(text) ?? [];
  const [, expected, found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text) ?? [];
  if (/Error when sniffing file/.test(text)) return 'it is no CSV, or not each of its rows has as many columns as the first';
  if (line !== undefined) {
    const what = found === undefined ? 'is no row' : `has ${found} columns, and the first line ${expected}`;
    return `line ${line} of ${file ?? 'it'} ${what}: it may be cut off`;
  }
  return text
    .split('\n', 1)
    .join('')
    .replace(/^(Error: )?((Invalid Input|IO|Invalid|Conversion) Error: )?/, '');
}
