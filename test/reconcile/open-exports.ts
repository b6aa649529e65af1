import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase, type Query } from '../../bin/reconcile/database';
import { exportFiles } from '../../bin/reconcile/files';
import { readExport } from '../../bin/reconcile/read-export';
import type { Export } from '../../lib/reconcile/billed';

/** A folder for exports, and the database that reads them: one of each for a suite, removed after it. */
export function openExports() {
  const folder = mkdtempSync(join(tmpdir(), 'reconcile-test-'));
  let database: Database | undefined;
  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => {
    database?.close();
    rmSync(folder, { recursive: true });
  });
  const query: Query = (sql) => (database ? database.query(sql) : Promise.reject(new Error('The suite has not begun')));
  const read = (file: string): Promise<Export> => readExport(query, exportFiles(file), () => undefined);
  return { folder, query, read };
}
