import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ReconcileError } from '../../lib/reconcile/reconcile-error';

export type FileKind = 'csv' | 'parquet';

/** Files of an export, by their kind. */
export type ExportFiles = Readonly<Record<FileKind, readonly string[]>>;

/** The file, or all files of a folder whose names end as an export's do. @throws ReconcileError where there is none */
export function exportFiles(path: string): ExportFiles {
  const all = isFolder(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name)) : [path];
  const files = Map.groupBy(all.toSorted(), kindOf);
  const found = { csv: files.get('csv') ?? [], parquet: files.get('parquet') ?? [] };
  if (found.csv.length + found.parquet.length > 0) return found;
  throw new ReconcileError(
    `${path} is no file that can be read: its name, or one in the folder, has to end in ${endings.join(', ')}`,
  );
}

const endings = ['.csv', '.csv.gz', '.parquet'];

function kindOf(file: string): FileKind | undefined {
  if (/\.csv(\.gz)?$/i.test(file)) return 'csv';
  return /\.parquet$/i.test(file) ? 'parquet' : undefined;
}

function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new ReconcileError(`${path} cannot be read: there is no such file`);
  return found.isDirectory();
}
