import { dirname } from 'node:path';
import type { BilledGroup, Export } from '../../lib/reconcile/billed';
import { categoryOf, type Format } from '../../lib/reconcile/formats';
import { type Column, checkColumns, formatOf, type GroupRow, groupsQuery, hasTags, literal } from '../../lib/reconcile/query';
import { ReconcileError } from '../../lib/reconcile/reconcile-error';
import type { Query } from './database';
import type { ExportFiles, FileKind } from './files';
import { tagsMissing } from './tags-missing';

const kinds: readonly FileKind[] = ['csv', 'parquet'];

/** Reads all rows of an export, summed into groups. @throws ReconcileError where a file or a row is none of an export */
export async function readExport(query: Query, files: ExportFiles, step: (text: string) => void): Promise<Export> {
  const format = await commonFormat(query, files);
  const rows: GroupRow[] = [];
  for (const kind of kinds.filter((one) => files[one].length > 0)) {
    step(`Reading ${files[kind].length === 1 ? files[kind].join('') : `${files[kind].length} files`}`);
    const source = sourceOf(kind, files[kind]);
    const columns = await columnsOf(query, source);
    if (!hasTags(format, columns)) throw new ReconcileError(tagsMissing(`The ${format.name} has no column of the tag store`));
    const found = await query(groupsQuery(format, columns, source)).catch(unreadable(files[kind].join(', ')));
    rows.push(...(found as unknown as GroupRow[]));
  }
  const wholes = rows.filter(({ whole }) => whole === 1);
  const sum = (of: (row: GroupRow) => number | null) => wholes.reduce((total, row) => total + (of(row) ?? 0), 0);
  const groups = rows.filter(({ whole }) => whole === 0);
  checkRows(
    groups,
    sum((row) => row.unreadable),
  );
  return {
    format: format.name,
    groups: groups.map((row) => groupOf(row, format)),
    total: { rows: sum((row) => row.rows), usd: sum((row) => row.usd) },
  };
}

/** One query for all columns would not see that a file lacks some, which then would be empty. */
async function commonFormat(query: Query, files: ExportFiles): Promise<Format> {
  const found = new Map<Format, string>();
  for (const kind of kinds)
    for (const file of files[kind]) {
      const columns = await columnsOf(query, sourceOf(kind, [file])).catch(unreadable(file));
      const format = formatOf(columns, file);
      checkColumns(format, columns, file);
      if (!found.has(format)) found.set(format, file);
    }
  const [first, second] = [...found];
  if (first === undefined || second !== undefined) {
    const list = [...found].map(([{ name }, file]) => `  ${file}: ${name}`).join('\n');
    throw new ReconcileError(`The files are of several formats, and would count a month twice; name the files of one:\n${list}`);
  }
  return first[0];
}

const unreadable =
  (file: string) =>
  (error: unknown): never => {
    throw error instanceof ReconcileError ? new ReconcileError(`${file} cannot be read: ${error.message}`) : error;
  };

function sourceOf(kind: FileKind, files: readonly string[]): string {
  const list = `[${files.map(literal).join(', ')}]`;
  return kind === 'parquet'
    ? `read_parquet(${list}, union_by_name = true, filename = true)`
    : `read_csv(${list}, union_by_name = true, filename = true, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"')`;
}

const columnsOf = async (query: Query, source: string): Promise<readonly Column[]> =>
  (await query(`DESCRIBE SELECT * FROM ${source}`)).map((row) => ({
    name: String(row['column_name']),
    type: String(row['column_type']),
  }));

function checkRows(groups: readonly GroupRow[], damaged: number): void {
  const currencies = new Set(groups.flatMap(({ currency }) => (currency === null || currency === 'USD' ? [] : [currency])));
  const folders = [...Map.groupBy(groups, ({ month }) => month)].flatMap(([month, rows]) => {
    const those = new Set(rows.flatMap(({ file }) => (file === null ? [] : [dirname(file)])));
    return month === null || those.size < 2 ? [] : [`  ${month}: ${[...those].toSorted().join(', ')}`];
  });
  const problems = [
    ...(damaged === 0
      ? []
      : [`${damaged} of the rows have no kind of charge, or a cost or quantity that is no number, so their sum is not known.`]),
    ...(currencies.size === 0
      ? []
      : [`The bill is in ${[...currencies].join(', ')}; the review is in USD, and no rate is known here.`]),
    ...(folders.length === 0
      ? []
      : [
          `Files of a month stand in several folders, as AWS leaves them when it writes an export again; name one of them:\n${folders.join('\n')}`,
        ]),
  ];
  if (problems.length > 0) throw new ReconcileError(problems.join('\n'));
}

const groupOf = (row: GroupRow, format: Format): BilledGroup => ({
  month: row.month || undefined, // regexp_extract gives an empty text where nothing fits
  category: categoryOf(format, row.category ?? ''),
  store: row.store ?? undefined,
  part: row.part ?? undefined,
  service: row.service ?? '',
  usageType: row.usageType ?? '',
  operation: row.operation ?? '',
  unit: row.unit ?? '',
  listUsd: row.listUsd ?? undefined,
  rows: row.rows,
  quantity: row.quantity ?? 0,
  usd: row.usd ?? 0,
  from: row.from ?? undefined,
  to: row.to ?? undefined,
});
