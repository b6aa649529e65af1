import { type Format, formats, type OptionalColumn, type RequiredColumn, tagKeys } from './formats';
import { ReconcileError } from './reconcile-error';

/** A column of an export as DuckDB describes it. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** The format whose columns these are. @throws ReconcileError where no format has them */
export function formatOf(columns: readonly Column[], file: string): Format {
  const found = formats.find(({ sign }) => columnNamed(columns, [sign]));
  if (found) return found;
  const signs = formats.map(({ name, sign }) => `${sign} (${name})`).join(', ');
  const first = columns.slice(0, 5).map(({ name }) => name);
  throw new ReconcileError(
    `${file} is no export of a bill: it has none of the columns ${signs}; its first columns: ${first.join(', ')}`,
  );
}

/** @throws ReconcileError which lists every column that is missing */
export function checkColumns(format: Format, columns: readonly Column[], file: string): void {
  const missing = Object.values(format.columns).filter((names) => !columnNamed(columns, names));
  if (missing.length === 0) return;
  const list = missing.map((names) => `  ${names.join(' or ')}`).join('\n');
  throw new ReconcileError(
    `${file} is a ${format.name}, and lacks ${missing.length} of the columns that are read:\n${list}\nExport it with all its columns.`,
  );
}

/** Whether there is a column in which the tags of the store could be. */
export function hasTags(format: Format, columns: readonly Column[]): boolean {
  return tagColumn(format, columns, 'store') !== undefined || columnNamed(columns, format.tagMaps) !== undefined;
}

/** What `groupsQuery` gives a row of: the columns of the grouping, then the sums. `whole` is 1 in the row over everything. */
export interface GroupRow {
  readonly month: string | null;
  readonly category: string | null;
  readonly store: string | null;
  readonly part: string | null;
  readonly service: string | null;
  readonly usageType: string | null;
  readonly operation: string | null;
  readonly unit: string | null;
  readonly listUsd: number | null;
  readonly currency: string | null;
  readonly file: string | null;
  readonly whole: number;
  readonly rows: number;
  readonly quantity: number | null;
  readonly usd: number | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Rows without a kind of charge, or whose cost or quantity is neither a number nor empty: what a damaged file has. */
  readonly unreadable: number;
}

const grouping = [
  'month',
  'category',
  'store',
  'part',
  'service',
  'usageType',
  'operation',
  'unit',
  'listUsd',
  'currency',
  'file',
] as const;

/** Sums the rows of a source (`read_csv(…)`) in one pass: once by group, and once over everything. */
export function groupsQuery(format: Format, columns: readonly Column[], source: string): string {
  const text = (names: readonly string[]) => textOf(columnNamed(columns, names));
  const required = (name: RequiredColumn) => text(format.columns[name]);
  const optional = (name: OptionalColumn) => text(format.optional[name]);
  const amount = (name: 'quantity' | 'usd') =>
    coalesced(format.columns[name].flatMap((one) => columnNamed(columns, [one]) ?? []));
  const tags = tagMap(format, columns);
  return `
    WITH read AS (
      SELECT ${tags?.list ?? 'NULL'} AS tag_list, * FROM ${source}
    ), rows AS (
      SELECT
        regexp_extract(${required('period')}, '^\\d{4}-\\d{2}') AS month,
        ${required('category')} AS category,
        ${tagOf(format, columns, 'store', tags)} AS store,
        ${tagOf(format, columns, 'part', tags)} AS part,
        ${required('service')} AS service,
        ${required('usageType')} AS "usageType",
        ${optional('operation')} AS operation,
        ${optional('unit')} AS unit,
        TRY_CAST(${optional('listUsd')} AS DOUBLE) AS "listUsd",
        ${optional('currency')} AS currency,
        filename AS file,
        ${required('from')} AS used_from,
        ${required('to')} AS used_to,
        ${amount('quantity')} AS quantity_text,
        ${amount('usd')} AS usd_text
      FROM read
    )
    SELECT ${grouping.map(quoted).join(', ')}, grouping(month)::INTEGER AS whole, count(*)::DOUBLE AS rows,
      fsum(TRY_CAST(quantity_text AS DOUBLE)) AS quantity, fsum(TRY_CAST(usd_text AS DOUBLE)) AS usd,
      min(used_from) AS "from", max(used_to) AS "to",
      count_if(category IS NULL OR (usd_text IS NOT NULL AND NOT isfinite(coalesce(TRY_CAST(usd_text AS DOUBLE), 'nan'::DOUBLE)))
        OR (quantity_text IS NOT NULL AND NOT isfinite(coalesce(TRY_CAST(quantity_text AS DOUBLE), 'nan'::DOUBLE))))::DOUBLE AS unreadable
    FROM rows GROUP BY GROUPING SETS ((${grouping.map(quoted).join(', ')}), ())`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** As text of SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** DuckDB's names are the same in capitals or not, and so are these. */
function columnNamed(columns: readonly Column[], names: readonly string[]): Column | undefined {
  for (const wanted of names) {
    const found = columns.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (found) return found;
  }
  return undefined;
}

/** Empty text is no value. */
function textOf(column: Column | undefined): string {
  if (column === undefined) return 'NULL';
  return column.type === 'VARCHAR'
    ? `nullif(trim(${quoted(column.name)}), '')`
    : `nullif(CAST(${quoted(column.name)} AS VARCHAR), '')`;
}

const coalesced = (columns: readonly Column[]): string => `coalesce(${[...columns.map(textOf), 'NULL'].join(', ')})`;

function tagColumn({ tagColumns }: Format, columns: readonly Column[], tag: string): Column | undefined {
  return columnNamed(
    columns,
    tagColumns.map((name) => name.replace('{}', tag)),
  );
}

interface TagMap {
  readonly column: Column;
  /** All values that are asked for, of JSON in one go: a row's text is parsed once. */
  readonly list?: string;
}

const tagNames = ['store', 'part'] as const;
type TagName = (typeof tagNames)[number];

function tagMap({ tagMaps }: Format, columns: readonly Column[]): TagMap | undefined {
  const column = columnNamed(columns, tagMaps);
  if (column === undefined || column.type !== 'VARCHAR') return column && { column };
  const paths = tagNames.flatMap(tagKeys).map((key) => literal(`$."${key}"`));
  return { column, list: `TRY(json_extract_string(${quoted(column.name)}, [${paths.join(', ')}]))` };
}

function tagOf(format: Format, columns: readonly Column[], tag: TagName, map: TagMap | undefined): string {
  const own = tagColumn(format, columns, tag);
  if (own) return textOf(own);
  if (map === undefined) return 'NULL';
  const keys = tagKeys(tag);
  const offset = tagNames.indexOf(tag) * keys.length;
  const values = keys.map((key, index) =>
    map.list === undefined ? `${quoted(map.column.name)}[${literal(key)}]` : `tag_list[${offset + index + 1}]`,
  );
  return `nullif(coalesce(${values.join(', ')}), '')`;
}
